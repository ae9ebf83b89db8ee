package dev.lanegrad.training.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * Channels of numbers from 0 (black) to 1, each in row-major order.
 *
 * @param channels one array for each
 */
record Picture(int height, int width, float[][] channels) {
  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;
  private static final float LARGEST_BYTE = 255;

  /** The red, green and blue of an image; its transparency does not count. */
  static Picture rgb(BufferedImage image) {
    return isGray(image) ? repeat(stored(image)) : colors(image);
  }

  /** 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
  static Picture gray(BufferedImage image) {
    if (isGray(image)) {
      return stored(image);
    }
    Picture rgb = colors(image);
    float[] gray = new float[rgb.height * rgb.width];
    for (int i = 0; i < gray.length; i++) {
      gray[i] =
          (float)
              (RED * rgb.channels[0][i] + GREEN * rgb.channels[1][i] + BLUE * rgb.channels[2][i]);
    }
    return new Picture(rgb.height, rgb.width, new float[][] {gray});
  }

  private static boolean isGray(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  /** The samples of a gray image as they are in the file: AWT takes them for linear light. */
  private static Picture stored(BufferedImage image) {
    Raster raster = image.getRaster();
    float largest = (1 << image.getColorModel().getComponentSize(0)) - 1;
    float[] samples =
        raster.getSamples(
            raster.getMinX(),
            raster.getMinY(),
            image.getWidth(),
            image.getHeight(),
            0,
            (float[]) null);
    for (int i = 0; i < samples.length; i++) {
      samples[i] /= largest;
    }
    return new Picture(image.getHeight(), image.getWidth(), new float[][] {samples});
  }

  private static Picture repeat(Picture gray) {
    float[] channel = gray.channels[0];
    return new Picture(gray.height, gray.width, new float[][] {channel, channel, channel});
  }

  private static Picture colors(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    float[][] channels = new float[3][pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      for (int channel = 0; channel < 3; channel++) {
        channels[channel][i] = (pixels[i] >> (16 - 8 * channel) & 0xff) / LARGEST_BYTE;
      }
    }
    return new Picture(height, width, channels);
  }

  /**
   * Another size by linear interpolation along both axes; where it is smaller, the triangle of
   * weights is as much wider, so that every pixel counts.
   */
  Picture resized(int newHeight, int newWidth) {
    float[][] rows = weights(height, newHeight);
    float[][] columns = weights(width, newWidth);
    float[][] resized = new float[channels.length][];
    for (int channel = 0; channel < channels.length; channel++) {
      float[] narrowed = mixColumns(channels[channel], height, columns);
      resized[channel] = mixRows(narrowed, newWidth, rows);
    }
    return new Picture(newHeight, newWidth, resized);
  }

  /** How much each old position counts for each new one, [new, old], each row of sum 1. */
  private static float[][] weights(int from, int to) {
    double ratio = (double) from / to;
    double reach = Math.max(ratio, 1);
    float[][] weights = new float[to][from];
    for (int i = 0; i < to; i++) {
      double middle = (i + 0.5) * ratio - 0.5;
      double sum = 0;
      for (int j = 0; j < from; j++) {
        sum += triangle((j - middle) / reach);
      }
      for (int j = 0; j < from; j++) {
        weights[i][j] = (float) (triangle((j - middle) / reach) / sum);
      }
    }
    return weights;
  }

  private static double triangle(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }

  private static float[] mixColumns(float[] x, int height, float[][] weights) {
    int width = weights[0].length;
    float[] mixed = new float[height * weights.length];
    for (int row = 0; row < height; row++) {
      for (int i = 0; i < weights.length; i++) {
        float sum = 0;
        for (int j = 0; j < width; j++) {
          sum += weights[i][j] * x[row * width + j];
        }
        mixed[row * weights.length + i] = sum;
      }
    }
    return mixed;
  }

  private static float[] mixRows(float[] x, int width, float[][] weights) {
    int height = weights[0].length;
    float[] mixed = new float[weights.length * width];
    for (int i = 0; i < weights.length; i++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          mixed[i * width + column] += weights[i][row] * x[row * width + column];
        }
      }
    }
    return mixed;
  }
}
