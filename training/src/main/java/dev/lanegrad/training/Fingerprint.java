package dev.lanegrad.training;

import dev.lanegrad.autodiff.Parameter;
import dev.lanegrad.autodiff.Tensor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** A hash of numbers' bits: equal for two trainings that agree to the last bit. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The SHA-256 of all elements in order, big-endian, in hexadecimal digits. All NaNs count as one
   * value; names and shapes do not count.
   */
  public static String of(Collection<Parameter> parameters) {
    MessageDigest digest = sha256();
    for (Parameter parameter : parameters) {
      digest.update(bytes(parameter.tensor()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer buffer = ByteBuffer.allocate(tensor.size() * tensor.dtype().bytes());
    switch (tensor.dtype()) {
      case FLOAT32 -> {
        for (float element : tensor.toFloatArray()) {
          buffer.putInt(Float.floatToIntBits(element));
        }
      }
      case FLOAT64 -> {
        for (double element : tensor.toDoubleArray()) {
          buffer.putLong(Double.doubleToLongBits(element));
        }
      }
      default -> throw new AssertionError("a parameter of " + tensor.dtype());
    }
    return buffer.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
