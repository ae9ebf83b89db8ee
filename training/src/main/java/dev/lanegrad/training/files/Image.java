package dev.lanegrad.training.files;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.training.PinnedArrays;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture in TensorBoard's files, as PNG. */
public final class Image implements Event.Shown {
  /**
   * Grey, two colours that PNG has no use for, and with red, green and blue, without and with
   * alpha.
   */
  private static final List<Integer> CHANNELS = List.of(1, 3, 4);

  private static final int WHITE = 255;

  private final int height;
  private final int width;
  private final int channels;
  private final byte[] png;

  private Image(int height, int width, int channels, byte[] png) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.png = png;
  }

  /**
   * A picture of the shape [height, width] or [channels, height, width] with 1 (grey), 3 (red,
   * green, blue) or 4 (and opacity) channels. Floating numbers go from 0 to 1, integers from 0 to
   * 255; what is beyond shows as the nearest that is not, and NaN as 0.
   *
   * @throws ShapeException for other shapes
   */
  public static Image of(Tensor tensor) {
    Objects.requireNonNull(tensor, "image: tensor is null");
    int rank = tensor.rank();
    int channels = rank == 3 ? tensor.shape().dim(0) : 1;
    if (rank < 2 || rank > 3 || tensor.size() == 0 || !CHANNELS.contains(channels)) {
      throw new ShapeException(
          "image: takes [height, width] or [1, 3 or 4 channels, height, width], not "
              + tensor.shape());
    }
    int height = tensor.shape().dim(-2);
    int width = tensor.shape().dim(-1);
    double scale = tensor.dtype() == DType.INT32 ? 1 : WHITE;
    double[] numbers = tensor.toDoubleArray();
    int[] samples = new int[numbers.length];
    Arrays.setAll(samples, i -> (int) Math.clamp(Math.round(numbers[i] * scale), 0L, (long) WHITE));
    return new Image(height, width, channels, png(height, width, channels, samples));
  }

  private static byte[] png(int height, int width, int channels, int... samples) {
    PinnedArrays.warnOnce();
    int type =
        switch (channels) {
          case 1 -> BufferedImage.TYPE_BYTE_GRAY;
          case 3 -> BufferedImage.TYPE_INT_RGB;
          default -> BufferedImage.TYPE_INT_ARGB;
        };
    BufferedImage picture = new BufferedImage(width, height, type);
    WritableRaster raster = picture.getRaster();
    int plane = height * width;
    for (int channel = 0; channel < channels; channel++) {
      int[] samplesOfChannel = Arrays.copyOfRange(samples, channel * plane, (channel + 1) * plane);
      raster.setSamples(0, 0, width, height, channel, samplesOfChannel);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(picture);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes whatever is written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The number of rows. */
  public int height() {
    return height;
  }

  /** The number of columns. */
  public int width() {
    return width;
  }

  /** 1 for grey, 3 for colours, 4 with opacity; others as whoever wrote the file says. */
  public int channels() {
    return channels;
  }

  /** The file of the picture. */
  public byte[] png() {
    return png.clone();
  }

  MessageWriter message() {
    return new MessageWriter().varint(1, height).varint(2, width).varint(3, channels).bytes(4, png);
  }

  static Image read(String label, ByteBuffer bytes) {
    MessageReader message = new MessageReader(label, bytes);
    int[] numbers = new int[4];
    byte[] png = {};
    while (message.next()) {
      switch (message.tag()) {
        case 0x08, 0x10, 0x18 -> numbers[message.tag() >>> 3] = (int) message.varint();
        case 0x22 -> png = message.byteArray();
        default -> {
          // skipped
        }
      }
    }
    return new Image(numbers[1], numbers[2], numbers[3], png);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Image image
        && height == image.height
        && width == image.width
        && channels == image.channels
        && Arrays.equals(png, image.png);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(png);
  }

  /** Size and channels. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "image of %d x %d in %d channels", height, width, channels);
  }
}
