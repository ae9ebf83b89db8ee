package dev.lanegrad.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Shape;
import dev.lanegrad.autodiff.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files: refused, or read as what they then say. */
class DamagedSafetensorsTest {
  private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[0-9]+|[\\[\\]{},:]");

  private static final List<String> HOSTILE =
      List.of(
          "0",
          "1",
          "2",
          "4",
          "6",
          "8",
          "16",
          "24",
          "-1",
          "-0",
          "1.0",
          "1e3",
          "007",
          "18446744073709551615",
          "18446744073709551616",
          "9223372036854775807",
          "4294967296",
          "null",
          "true",
          "\"a\"",
          "\"b\"",
          "\"dtype\"",
          "\"shape\"",
          "\"F32\"",
          "\"I64\"",
          "\"F64\"",
          "\"BOOL\"",
          "\"F4\"",
          "\"C64\"",
          "\"Q8\"",
          "\"\"",
          "\"__metadata__\"",
          "\"\\u0061\"",
          "\"\\ud800\"",
          "\"x\":1,",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "[]",
          "{}",
          " ",
          "\n",
          "\u00a0",
          "//",
          "NaN",
          "'a'",
          "9".repeat(2000),
          "[".repeat(5000));

  @TempDir Path folder;

  private record Stored(String type, List<BigInteger> shape, byte[] data) {}

  /** The rules one by one, as FORMATS and the reference have them; null where one is broken. */
  private static Map<String, Stored> plainly(byte[] file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
      check(file.length >= 8);
      long length = bytes.getLong();
      check(length >= 0 && length <= 100_000_000 && 8 + length <= file.length);
      ByteBuffer header = bytes.slice(8, (int) length);
      String text = StandardCharsets.UTF_8.newDecoder().decode(header).toString();
      check(PlainJson.parse(text) instanceof Map);
      Map<String, Stored> tensors = new LinkedHashMap<>();
      List<long[]> extents = new ArrayList<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) PlainJson.parse(text)).entrySet()) {
        check(entry.getValue() instanceof Map);
        Map<?, ?> members = (Map<?, ?>) entry.getValue();
        if (entry.getKey().equals("__metadata__")) {
          members.values().forEach(value -> check(value instanceof String));
          continue;
        }
        check(members.get("dtype") instanceof String);
        String type = (String) members.get("dtype");
        List<BigInteger> shape = numbers(members.get("shape"));
        List<BigInteger> offsets = numbers(members.get("data_offsets"));
        BigInteger size = BigInteger.ONE;
        for (BigInteger dim : shape) {
          size = size.multiply(dim);
          check(size.bitLength() <= 64);
        }
        size = size.multiply(BigInteger.valueOf(bits(type)));
        check(size.bitLength() <= 64 && !size.testBit(0) && !size.testBit(1) && !size.testBit(2));
        check(offsets.size() == 2 && offsets.get(1).bitLength() < 32);
        check(offsets.get(1).subtract(offsets.get(0)).equals(size.shiftRight(3)));
        int begin = offsets.get(0).intValueExact();
        int end = offsets.get(1).intValueExact();
        check(begin <= end && end <= file.length - 8 - length);
        extents.add(new long[] {begin, end});
        byte[] data = new byte[end - begin];
        bytes.get((int) (8 + length) + begin, data);
        tensors.put((String) entry.getKey(), new Stored(type, shape, data));
      }
      extents.sort(
          Comparator.<long[]>comparingLong(extent -> extent[0])
              .thenComparingLong(extent -> extent[1]));
      long end = 0;
      for (long[] extent : extents) {
        check(extent[0] == end);
        end = extent[1];
      }
      check(8 + length + end == file.length);
      return tensors;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }

  private static int bits(String type) {
    Matcher matcher = Pattern.compile("(?:[FIUC]|BF)(4|6_.*|8.*|16|32|64)").matcher(type);
    boolean isType =
        List.of("BOOL F4 F6_E2M3 F6_E3M2 U8 I8 F8_E5M2 F8_E4M3 F8_E8M0 F8_E4M3FNUZ".split(" "))
                .contains(type)
            || List.of("F8_E5M2FNUZ I16 U16 F16 BF16 I32 U32 F32 C64 F64 I64 U64".split(" "))
                .contains(type);
    check(isType);
    return matcher.matches() ? Integer.parseInt(matcher.group(1).replaceAll("_.*", "")) : 8;
  }

  private static List<BigInteger> numbers(Object value) {
    check(value instanceof List);
    List<BigInteger> numbers = new ArrayList<>();
    for (Object number : (List<?>) value) {
      check(number instanceof PlainJson.Digits whole && whole.isWhole());
      numbers.add(new BigInteger(((PlainJson.Digits) number).digits()));
    }
    return numbers;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("a broken rule");
    }
  }

  private static byte[] whole(Path path) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(1f, -2f, Float.NaN));
    tensors.put("b.weight", Tensor.arange(DType.FLOAT64, 0, 6, 1).reshape(2, 3));
    tensors.put("c", Tensor.ofInts(1, 2));
    tensors.put("d", Tensor.ofBooleans(Shape.of(5), true, false, true, true, false));
    tensors.put("e", Tensor.zeros(DType.FLOAT32, 0, 7));
    tensors.put("s", Tensor.scalar(DType.FLOAT32, 4));
    Safetensors.write(tensors, Map.of("by", "a test"), path);
    return Files.readAllBytes(path);
  }

  private static byte[] otherHeader(byte[] whole, SplittableRandom random) {
    int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(whole, 8, length, StandardCharsets.UTF_8);
    List<int[]> tokens =
        TOKEN.matcher(header).results().map(m -> new int[] {m.start(), m.end()}).toList();
    int[] token = tokens.get(random.nextInt(tokens.size()));
    int[] other = tokens.get(random.nextInt(tokens.size()));
    String put =
        random.nextInt(4) == 0
            ? header.substring(other[0], other[1])
            : HOSTILE.get(random.nextInt(HOSTILE.size()));
    int keep = random.nextInt(4) == 0 ? token[0] : token[1];
    byte[] changed =
        (header.substring(0, token[0]) + put + header.substring(keep))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + changed.length + whole.length - 8 - length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(changed.length).put(changed);
    return file.put(whole, 8 + length, whole.length - 8 - length).array();
  }

  @ParameterizedTest
  @ValueSource(ints = 300)
  @Timeout(60)
  void variantsAreRefusedOrReadAsWhatTheySay(int count) throws IOException {
    Path path = folder.resolve("x.safetensors");
    byte[] whole = whole(path);
    Damage damage = new Damage(1);
    int sound = 0;
    for (int i = 0; i < count; i++) {
      byte[] file = i % 2 == 0 ? damage.damaged(whole) : otherHeader(whole, damage.random());
      Map<String, Stored> expected = plainly(file);
      Files.write(path, file);
      String variant = "variant " + i + ": " + new String(file, StandardCharsets.ISO_8859_1);
      if (expected == null) {
        assertThrows(
            FormatException.class,
            () -> Damage.frugally(file.length, () -> Safetensors.read(path)),
            variant);
      } else {
        sound++;
        assertSame(expected, Damage.frugally(file.length, () -> Safetensors.read(path)), variant);
      }
    }
    assertTrue(sound > count / 25 && sound < count / 2, "both kinds occur: " + sound);
  }

  @Test
  @Tag("thorough")
  @Timeout(600)
  void twoThousandVariantsAreRefusedOrReadAsWhatTheySay() throws IOException {
    variantsAreRefusedOrReadAsWhatTheySay(2000);
  }

  private static void assertSame(Map<String, Stored> expected, Safetensors file, String variant) {
    assertEquals(expected.size(), file.entries().size(), variant);
    for (TensorEntry entry : file.entries()) {
      Stored stored = expected.get(entry.name());
      assertEquals(stored.type(), entry.type().name(), variant);
      assertEquals(stored.shape().toString(), entry.shapeText(), variant);
      if (entry.type().dtype().isEmpty()
          || stored.shape().stream().anyMatch(dim -> dim.bitLength() > 31)) {
        assertThrows(ConversionException.class, () -> file.tensor(entry.name()), variant);
      } else if (ElementType.of(entry.type().dtype().orElseThrow()) == entry.type()) {
        byte[] data = stored.data();
        for (int i = 0; entry.type() == ElementType.BOOL && i < data.length; i++) {
          data[i] = (byte) (data[i] == 0 ? 0 : 1);
        }
        assertArrayEquals(data, bytes(file.tensor(entry.name())), variant);
      }
    }
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(tensor.size() * tensor.dtype().bytes());
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    switch (tensor.dtype()) {
      case FLOAT32 -> bytes.asFloatBuffer().put(tensor.toFloatArray());
      case FLOAT64 -> bytes.asDoubleBuffer().put(tensor.toDoubleArray());
      case INT32 -> bytes.asIntBuffer().put(tensor.toIntArray());
      case BOOL -> {
        for (boolean element : tensor.toBooleanArray()) {
          bytes.put((byte) (element ? 1 : 0));
        }
      }
    }
    return bytes.array();
  }

  /** Each breaks one rule: the header, and what the refusal says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[] ~ is no JSON object",
        "{} {} ~ more than one JSON object",
        "{'a':1} ~ tensor \"a\" is no JSON object",
        "{'a':{'shape':[4],'data_offsets':[0,4]}} ~ needs dtype, shape and data_offsets",
        "{'a':{'dtype':'U9','shape':[4],'data_offsets':[0,4]}} ~ dtype is U9, not one of",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4,4]}} ~ has not two numbers",
        "{'a':{'dtype':'U8','shape':4,'data_offsets':[0,4]}} ~ shape is no list",
        "{'a':{'dtype':'U8','shape':[-4],'data_offsets':[0,4]}} ~ no whole number from 0",
        "{'a':{'dtype':'U8','shape':[4.0],'data_offsets':[0,4]}} ~ no whole number from 0",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[4,0]}} ~ are not within the 4 bytes",
        "{'a':{'dtype':'U8','shape':[5],'data_offsets':[0,5]}} ~ are not within the 4 bytes",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,4]}} ~ take 3 bytes, data_offsets [0, 4]",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} ~ the tensors end at 3 of 4 bytes",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[1,4]}} ~ begins at 1 of the data",
        "{'a':{'dtype':'U8','shape':[2,18446744073709551614],'data_offsets':[0,4]}} ~ larger than"
            + " any",
        "{'a':{'dtype':'F4','shape':[3],'data_offsets':[0,4]}} ~ do not fill whole bytes",
        "{'a':{'dtype':'U8','dtype':'U8','shape':[4],'data_offsets':[0,4]}} ~ has \"dtype\" twice",
        "{'__metadata__':{'a':1}} ~ \"a\" is no text",
        "{'__metadata__':{'a':'','a':''}} ~ has \"a\" twice",
        "{'__metadata__':{},'__metadata__':{}} ~ __metadata__ occurs twice",
        "{'\\ud800':{}} ~ urrogate",
        "{'\\udc00':{}} ~ urrogate",
        "{'__metadata__':{'a':'\\ud800'}} ~ half a character",
        "{'__metadata__':{'a':'\\udc00'}} ~ half a character",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'a':{'dtype':'U8','shape':[0],"
            + "'data_offsets':[0,0]}} ~ two tensors are called \"a\"",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[1],"
            + "'data_offsets':[3,4]}} ~ tensor \"b\": overlaps with another one",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],"
            + "'data_offsets':[1,3]}} ~ tensor \"b\": begins at 1 of the data, and should",
      })
  void everyRuleHasItsRefusal(String header, String message) throws IOException {
    Path path = file(header.replace('\'', '"'), 4);
    String given = assertThrows(FormatException.class, () -> Safetensors.read(path)).getMessage();
    assertTrue(given.startsWith(path + ": ") && given.contains(message), given);
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    return Files.write(folder.resolve("x.safetensors"), bytes.array());
  }

  @Test
  void spaceAroundTheHeaderAndMembersOfLaterVersionsAreRead() throws IOException {
    Path path =
        file(
            " \n\t{\"a\" : {\"dtype\":\"U8\", \"shape\":[4],\"new\":[{\"x\":1e5}],"
                + "\"data_offsets\":[0,4]}}\r\n ",
            4);
    assertEquals("[a: U8 [4]]", Safetensors.read(path).entries().toString());
  }

  @Test
  @Timeout(60)
  void aHeaderOfAMillionTensorsTakesNoMoreMemoryThanAllowed() throws IOException {
    String entry = "\"%d\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%2$d]},";
    StringBuilder overlapping = new StringBuilder("{");
    StringBuilder empty = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      overlapping.append(String.format(Locale.ROOT, entry, i, 100));
      empty.append(String.format(Locale.ROOT, entry, i, 0));
    }
    Path path = file(overlapping.append("\"x\":{}}").toString(), 100);
    String message =
        assertThrows(
                FormatException.class,
                () -> Damage.frugally(overlapping.length(), () -> Safetensors.read(path)))
            .getMessage();
    assertTrue(message.contains("tensor \"1\": overlaps with another one"), message);
    empty.setLength(empty.length() - 1);
    Path legal = file(empty.append('}').toString(), 0);
    Safetensors file = Damage.frugally(empty.length(), () -> Safetensors.read(legal));
    assertEquals(100_000, file.entries().size());
  }

  @Test
  void headersLongerThanAllowedOrThanTheFileAreRefusedUnread() throws IOException {
    Path path = folder.resolve("x.safetensors");
    for (long length : new long[] {100_000_001, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Files.write(path, bytes.array());
      String message =
          assertThrows(FormatException.class, () -> Safetensors.read(path)).getMessage();
      assertTrue(message.contains(Long.toUnsignedString(length) + " bytes"), message);
    }
    Files.write(path, ByteBuffer.allocate(100).put(0, (byte) 93).array());
    String message = assertThrows(FormatException.class, () -> Safetensors.read(path)).getMessage();
    assertEquals(path + ": is cut off: has 100 bytes, and its header alone ends at 101", message);
  }
}
