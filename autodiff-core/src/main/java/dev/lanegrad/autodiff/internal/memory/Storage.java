package dev.lanegrad.autodiff.internal.memory;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.NoNumbersException;
import dev.lanegrad.autodiff.ReleasedException;
import dev.lanegrad.autodiff.ShapeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A heap array of one dtype that layouts look into. But for the smallest it is longer than its
 * elements by at least one whole vector, so that most loops over vectors need no special end; loops
 * look at the array's length before they rely on it.
 */
public final class Storage {
  /** Elements of padding: a vector of 512 bits of the smallest floating type. */
  private static final int PADDING = 16;

  /** Fewer elements than a vector has are handled one by one. */
  private static final int TOO_SMALL_FOR_VECTORS = 4;

  private static final int UNWATCHED = -1;

  /** Elements that {@link #read} asks for at once. */
  private static final int PIECE = 1 << 13;

  private static final VarHandle VERSION = version(MethodHandles.lookup());

  private static final Map<DType, Storage> WITHOUT_NUMBERS = withoutNumbers();

  private final DType dtype;
  private final boolean hasNumbers;
  private @Nullable Object array;

  /** Whose array this is, if a scope takes it back. */
  private @Nullable Recyclable lent;

  private int version;

  /** How many hold this, as far as a {@link Recycler} watches; it works on one thread. */
  private int holders = UNWATCHED;

  private static VarHandle version(MethodHandles.Lookup lookup) {
    try {
      return lookup.findVarHandle(Storage.class, "version", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Storage(DType dtype, Object array) {
    this(dtype, array, null);
  }

  /** No numbers of a dtype. */
  private Storage(DType dtype) {
    this.dtype = dtype;
    this.hasNumbers = false;
  }

  /** An array that is taken back by {@link #release}. */
  Storage(DType dtype, Object array, @Nullable Recyclable lent) {
    this.dtype = dtype;
    this.hasNumbers = true;
    this.array = array;
    this.lent = lent;
  }

  private static Map<DType, Storage> withoutNumbers() {
    Map<DType, Storage> all = new EnumMap<>(DType.class);
    for (DType dtype : DType.values()) {
      all.put(dtype, new Storage(dtype));
    }
    return all;
  }

  /** That of tensors which have a type and no numbers. */
  public static Storage withoutNumbers(DType dtype) {
    return Objects.requireNonNull(WITHOUT_NUMBERS.get(dtype));
  }

  /** Room for {@code size} elements, all zero. */
  public static Storage allocate(DType dtype, int size) {
    return new Storage(dtype, newArray(dtype, paddedLength(size)));
  }

  /** Room for the result of an operation, which writes every element; see {@link Arena}. */
  public static Storage forResult(DType dtype, int size) {
    int length = paddedLength(size);
    Arena arena = dtype.isFloating() ? Arena.current() : null;
    if (arena == null) {
      return new Storage(dtype, newArray(dtype, length));
    }
    return arena.take(dtype, length);
  }

  /** An array for a moment, which {@link #giveBack} takes back; see {@link Arena}. */
  public static Object borrow(DType dtype, int size) {
    int length = paddedLength(size);
    Arena arena = Arena.current();
    return arena == null ? newArray(dtype, length) : arena.borrow(dtype, length);
  }

  /** Leaves an array to the next that needs one, or without a scope to the garbage collector. */
  public static void giveBack(Object array) {
    Arena arena = Arena.current();
    if (arena != null) {
      arena.giveBack(array);
    }
  }

  private static int paddedLength(int size) {
    if (size > Integer.MAX_VALUE - 4 * PADDING) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "a tensor of %,d elements is too large: at most %,d fit",
              size,
              Integer.MAX_VALUE - 4 * PADDING));
    }
    return size < TOO_SMALL_FOR_VECTORS ? size : (size + 2 * PADDING - 1) / PADDING * PADDING;
  }

  static Object newArray(DType dtype, int length) {
    return switch (dtype) {
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case INT32 -> new int[length];
      case BOOL -> new boolean[length];
    };
  }

  /** Storage that begins with the elements of an array. */
  public static Storage copyOf(DType dtype, Object array, int size) {
    Storage storage = allocate(dtype, size);
    System.arraycopy(array, 0, storage.array(), 0, size);
    return storage;
  }

  /**
   * Storage whose elements come as little-endian bytes, piece by piece, so that it needs hardly
   * more memory than its own.
   *
   * @param next fills the buffer that it is given with the bytes of the next elements
   */
  public static Storage read(DType dtype, int size, Consumer<ByteBuffer> next) {
    Storage storage = allocate(dtype, size);
    ByteBuffer piece =
        ByteBuffer.allocate(Math.min(size, PIECE) * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < size; start += PIECE) {
      int length = Math.min(PIECE, size - start);
      piece.clear().limit(length * dtype.bytes());
      next.accept(piece);
      if (piece.hasRemaining()) {
        throw new ShapeException(
            String.format(
                Locale.ROOT,
                "read: %d bytes are missing of a piece of %d",
                piece.remaining(),
                piece.limit()));
      }
      piece.flip();
      switch (dtype) {
        case FLOAT32 -> piece.asFloatBuffer().get(storage.floats(), start, length);
        case FLOAT64 -> piece.asDoubleBuffer().get(storage.doubles(), start, length);
        case INT32 -> piece.asIntBuffer().get(storage.ints(), start, length);
        case BOOL -> {
          for (int i = 0; i < length; i++) {
            storage.booleans()[start + i] = piece.get(i) != 0;
          }
        }
      }
    }
    return storage;
  }

  /** Of the array, its padding included; 0 without numbers. */
  public long bytes() {
    return array == null ? 0 : (long) Array.getLength(array) * dtype.bytes();
  }

  public DType dtype() {
    return dtype;
  }

  /** The {@code float[]}, {@code double[]}, {@code int[]} or {@code boolean[]}. */
  public Object array() {
    Object held = array;
    if (held == null) {
      if (!hasNumbers) {
        throw new NoNumbersException(
            "this tensor has a dtype and a shape but no numbers: Tensor.meta made it, or what it"
                + " was computed from");
      }
      throw new ReleasedException(
          "this tensor was released at the end of the scope that made it: return it from "
              + "Autodiff.tidy, by itself or in a record, list, map, array, Optional or "
              + "TensorStructure, or make it outside");
    }
    return held;
  }

  /** Of the whole array, its padding included. */
  public Object copyOfArray() {
    return switch (array()) {
      case float[] floats -> floats.clone();
      case double[] doubles -> doubles.clone();
      case int[] ints -> ints.clone();
      case boolean[] booleans -> booleans.clone();
      default -> throw new AssertionError(dtype);
    };
  }

  public boolean hasNumbers() {
    return hasNumbers;
  }

  boolean isReleased() {
    return array == null && hasNumbers;
  }

  void watch() {
    holders = 0;
  }

  void leaveAlone() {
    holders = UNWATCHED;
  }

  void hold(int more) {
    if (holders != UNWATCHED) {
      holders += more;
    }
  }

  boolean isUnused() {
    return holders == 0 && !isReleased();
  }

  /**
   * Gives an array up that a scope takes back. Whoever sees anything that is written into it from
   * now on sees that it is gone.
   */
  Recyclable release() {
    Recyclable returned = lent;
    if (returned == null) {
      throw new IllegalStateException("no scope takes this back");
    }
    lent = null;
    array = null;
    VarHandle.storeStoreFence();
    return returned;
  }

  /** No scope takes it back. */
  void leave() {
    lent = null;
  }

  /**
   * Checks that what has just been read was this storage's own: another thread may have ended the
   * scope meanwhile and written something else into the array.
   *
   * @throws ReleasedException if so
   */
  public void requireUnreleased() {
    VarHandle.loadLoadFence();
    if (hasNumbers) {
      array();
    }
  }

  public float[] floats() {
    return (float[]) array();
  }

  public double[] doubles() {
    return (double[]) array();
  }

  public int[] ints() {
    return (int[]) array();
  }

  public boolean[] booleans() {
    return (boolean[]) array();
  }

  /** How often the elements have been changed in place. */
  public int version() {
    return (int) VERSION.getAcquire(this);
  }

  /**
   * Counts a change in place. There is one writer at a time, which does not wait here until what it
   * wrote has reached the memory.
   */
  public void changed() {
    VERSION.setRelease(this, version + 1);
  }
}
