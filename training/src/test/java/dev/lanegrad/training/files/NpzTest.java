package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  @TempDir Path folder;

  /** Written by NumPy 2.4.6; what they hold is in the tests. */
  static byte[] numpys(String name) throws IOException {
    try (InputStream in = NpzTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private Npz read(byte... bytes) throws IOException {
    return Npz.read(Files.write(folder.resolve("x.npz"), bytes));
  }

  @Test
  void filesOfNumPyAreRead() throws IOException {
    // np.savez("savez.npz", np.arange(3, dtype="<f4"),
    //     w=np.asfortranarray(np.arange(6.0).reshape(2, 3)), n=np.array([1, 2**40]))
    Npz file = read(numpys("savez.npz"));
    assertEquals(List.of("w", "n", "arr_0"), file.names());
    assertArrayEquals(new float[] {0, 1, 2}, file.tensor("arr_0").toFloatArray());
    Tensor w = file.tensor("w");
    assertEquals(DType.FLOAT64, w.dtype());
    assertEquals("[2, 3]", w.shape().toString());
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, w.toDoubleArray());
    assertEquals(
        folder.resolve("x.npz")
            + ": array \"n\": element 1 of type I64 is 1099511627776, beyond int32;"
            + " save it as float64, or as smaller numbers",
        assertThrows(ConversionException.class, () -> file.tensor("n")).getMessage());
  }

  @Test
  void compressedFilesOfNumPyAreRead() throws IOException {
    // np.savez_compressed("savez_compressed.npz", x=np.zeros((100, 100), "<f4"),
    //     h=np.array([1.5], "<f2"))
    Map<String, Tensor> tensors = read(numpys("savez_compressed.npz")).tensors();
    assertEquals("[100, 100]", tensors.get("x").shape().toString());
    assertEquals(0, tensors.get("x").sum().item());
    assertArrayEquals(new float[] {1.5f}, tensors.get("h").toFloatArray());
  }

  @Test
  void whatTensorsCannotHoldIsRefusedOnlyWhenItIsRead() throws IOException {
    // np.savez("savez_mixed.npz", good=np.array([5, 6]), c=np.array([1j]),
    //     o=np.array([{}], dtype=object), s=np.array(["ab"]),
    //     r=np.zeros(2, dtype=[("a", "<f4"), ("b", "<i2")]))
    Npz file = read(numpys("savez_mixed.npz"));
    assertArrayEquals(new int[] {5, 6}, file.tensor("good").toIntArray());
    for (String name : List.of("c", "o", "s", "r")) {
      String message =
          assertThrows(ConversionException.class, () -> file.tensor(name)).getMessage();
      assertTrue(message.contains("array \"" + name + "\": h"), message);
    }
  }

  private static Map<String, Tensor> some() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("layer/0.weight", Tensor.arange(DType.FLOAT32, 0, 30_000, 1).reshape(300, 100));
    tensors.put("ä", Tensor.scalar(DType.FLOAT64, 2));
    tensors.put("labels", Tensor.ofInts(3, 1));
    return tensors;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWrittenIsReadBackAndIsAZipFileToOthers(boolean compressed) throws IOException {
    Path path = folder.resolve("x.npz");
    if (compressed) {
      Npz.writeCompressed(some(), path);
    } else {
      Npz.write(some(), path);
    }
    Npz file = Npz.read(path);
    assertEquals(List.copyOf(some().keySet()), file.names());
    some()
        .forEach(
            (name, tensor) -> {
              assertEquals(tensor.dtype(), file.tensor(name).dtype());
              assertEquals(tensor.shape(), file.tensor(name).shape());
              assertArrayEquals(tensor.toDoubleArray(), file.tensors().get(name).toDoubleArray());
            });
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry = zip.getEntry("labels.npy");
      assertArrayEquals(
          NpyTest.bytes(
              "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", "0300000001000000"),
          zip.getInputStream(entry).readAllBytes());
      assertEquals(compressed ? ZipEntry.DEFLATED : ZipEntry.STORED, entry.getMethod());
    }
  }

  @Test
  void equalArraysMakeEqualFiles() throws IOException {
    Npz.write(some(), folder.resolve("a.npz"));
    Npz.write(some(), folder.resolve("b.npz"));
    assertEquals(-1, Files.mismatch(folder.resolve("a.npz"), folder.resolve("b.npz")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/../b", "..", "a//b", "a/", "./a", "C:a", "a\\b", "a\ud800"})
  void namesThatLeadOutOfAFolderAreNotWritten(String name) {
    Path path = folder.resolve("x.npz");
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> Npz.write(Map.of(name, Tensor.of(1f)), path))
            .getMessage()
            .contains("cannot be the name of a file in a folder"));
    assertFalse(Files.exists(path));
  }

  @ParameterizedTest
  @CsvSource({"../a.npy", "/a.npy", "a/../b.npy", "a.txt", ".npy", "a.npy/", "C:\\a.npy"})
  void entriesThatAreNoArraysOfTheFolderAreRefused(String name) throws IOException {
    byte[] zip = zip(name, new byte[10]);
    String message = assertThrows(FormatException.class, () -> read(zip)).getMessage();
    assertTrue(message.contains("is no array NAME.npy within a folder"), message);
  }

  private static byte[] zip(String name, byte... content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a.npy", "b.npy")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
      }
    }
    byte[] twice = bytes.toByteArray();
    for (int i = 0; i < twice.length - 5; i++) {
      if (twice[i] == 'b' && twice[i + 1] == '.') {
        twice[i] = 'a';
      }
    }
    String message = assertThrows(FormatException.class, () -> read(twice)).getMessage();
    assertTrue(message.contains("two entries are called \"a.npy\""), message);
  }

  @Test
  void anEntryThatUnpacksToMoreThanItsHeaderSaysIsRefusedUnread() throws IOException {
    byte[] array =
        NpyTest.bytes("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", "0102");
    byte[] bomb = new byte[50_000_000];
    System.arraycopy(array, 0, bomb, 0, array.length);
    Npz file = read(zip("x.npy", bomb));
    String message = assertThrows(FormatException.class, () -> file.tensor("x")).getMessage();
    assertTrue(message.contains("49999872 bytes follow the header"), message);
    assertTrue(message.contains("take 2; several arrays"), message);
  }

  @Test
  void aFileThatIsNoZipFileIsRefused() {
    String message = assertThrows(FormatException.class, () -> read(new byte[1000])).getMessage();
    assertEquals(
        folder.resolve("x.npz")
            + ": is no zip file, or cut off: the end of its directory is missing",
        message);
  }

  @Test
  void anArrayThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
    Npz file = read(numpys("savez_compressed.npz"));
    assertEquals(
        folder.resolve("x.npz") + ": has no array \"y\", only [x, h]",
        assertThrows(IllegalArgumentException.class, () -> file.tensor("y")).getMessage());
  }
}
