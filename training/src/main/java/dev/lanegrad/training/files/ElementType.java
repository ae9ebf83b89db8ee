package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.DType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of elements that files hold, named and ordered as in safetensors. Most can be read as a
 * {@link DType}: integers as int32 where every one fits, float16 and bfloat16 as float32.
 *
 * <p>Source: safetensors, {@code Dtype} in src/tensor.rs.
 */
public enum ElementType {
  BOOL(8, DType.BOOL),
  F4(4, null),
  F6_E2M3(6, null),
  F6_E3M2(6, null),
  U8(8, DType.INT32),
  I8(8, DType.INT32),
  F8_E5M2(8, null),
  F8_E4M3(8, null),
  F8_E8M0(8, null),
  F8_E4M3FNUZ(8, null),
  F8_E5M2FNUZ(8, null),
  I16(16, DType.INT32),
  U16(16, DType.INT32),
  F16(16, DType.FLOAT32),
  BF16(16, DType.FLOAT32),
  I32(32, DType.INT32),
  U32(32, DType.INT32),
  F32(32, DType.FLOAT32),
  /** Complex numbers of two float32. */
  C64(64, null),
  F64(64, DType.FLOAT64),
  I64(64, DType.INT32),
  U64(64, DType.INT32);

  private final int bits;
  private final @Nullable DType dtype;

  ElementType(int bits, @Nullable DType dtype) {
    this.bits = bits;
    this.dtype = dtype;
  }

  /** Bits that one element takes in a file. */
  public int bits() {
    return bits;
  }

  /** Of what type a tensor is that was read from such elements; empty if there is none. */
  public Optional<DType> dtype() {
    return Optional.ofNullable(dtype);
  }

  /** The type that keeps every bit of a tensor's elements. */
  public static ElementType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT32 -> I32;
      case BOOL -> BOOL;
    };
  }
}
