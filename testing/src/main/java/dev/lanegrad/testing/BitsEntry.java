package dev.lanegrad.testing;

import org.jspecify.annotations.Nullable;

/**
 * A line of a file of bits: the hashes of what one row of a table gives in one dtype.
 *
 * @param name of the row, without blanks
 * @param dtype of its numbers
 * @param outputs their hash
 * @param gradients their hash, {@link #NONE} where there are none
 * @param reasons for which the entry has been changed, separated by commas, or {@link #FIRST}
 */
record BitsEntry(String name, String dtype, String outputs, String gradients, String reasons) {
  /** Stands for gradients of what has none. */
  static final String NONE = "-";

  /** The reason of an entry that has never been changed. */
  static final String FIRST = "first";

  /** How a program marks a line that is an entry. */
  private static final String MARK = "bits: ";

  private static final int WORDS = 5;

  static BitsEntry of(String name, String dtype, String outputs, String gradients) {
    String word = name.strip().replaceAll("[^A-Za-z0-9/,.=>+-]+", "_");
    return new BitsEntry(word, dtype, outputs, gradients, FIRST);
  }

  /** A line of a file. */
  static BitsEntry parse(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != WORDS) {
      throw new IllegalArgumentException("no entry of a file of bits: " + line);
    }
    return new BitsEntry(words[0], words[1], words[2], words[3], words[4]);
  }

  /** An entry among other output of a program, or null. */
  static @Nullable BitsEntry printed(String line) {
    return line.startsWith(MARK) ? parse(line.substring(MARK.length())) : null;
  }

  void print() {
    System.out.println(MARK + this);
  }

  /** One of several that are called the same. */
  BitsEntry numbered(int number) {
    String numbered = number == 1 ? name : name + "/" + number;
    return new BitsEntry(numbered, dtype, outputs, gradients, reasons);
  }

  /** What only one entry of a file has. */
  String key() {
    return name + " " + dtype;
  }

  boolean hasTheBitsOf(BitsEntry other) {
    return outputs.equals(other.outputs) && gradients.equals(other.gradients);
  }

  /** Other bits, for one more reason. */
  BitsEntry changedTo(BitsEntry other, String reason) {
    boolean known = (',' + reasons + ',').contains(',' + reason + ',');
    String all = known ? reasons : reasons.equals(FIRST) ? reason : reasons + ',' + reason;
    return new BitsEntry(name, dtype, other.outputs, other.gradients, all);
  }

  @Override
  public String toString() {
    return String.join(" ", name, dtype, outputs, gradients, reasons);
  }
}
