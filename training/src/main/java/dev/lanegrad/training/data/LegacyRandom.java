package dev.lanegrad.training.data;

/**
 * The stream of NumPy's legacy {@code RandomState}, draw for draw.
 *
 * <p>Published data sets were frozen with it, so it is kept for reproducing them and for nothing
 * else. Source: Matsumoto and Nishimura, "Mersenne Twister", 1998, and NumPy's {@code
 * legacy-distributions.c}.
 */
final class LegacyRandom {
  private static final int STATE_LENGTH = 624;
  private static final int TWIST_OFFSET = 397;
  private static final int TWIST_MATRIX = 0x9908b0df;
  private static final int UPPER_BIT = 0x80000000;
  private static final int LOWER_BITS = 0x7fffffff;
  private static final int SEED_MULTIPLIER = 1812433253;

  private final int[] state = new int[STATE_LENGTH];
  private int position = STATE_LENGTH;
  private double keptNormal;
  private boolean hasKeptNormal;

  /** The stream after {@code numpy.random.seed(seed)}, the seed read as unsigned. */
  LegacyRandom(int seed) {
    state[0] = seed;
    for (int i = 1; i < STATE_LENGTH; i++) {
      int previous = state[i - 1];
      state[i] = SEED_MULTIPLIER * (previous ^ (previous >>> 30)) + i;
    }
  }

  /** A uniform double in [0, 1): (27 bits · 2<sup>26</sup> + 26 bits) / 2<sup>53</sup>. */
  double nextDouble() {
    int high = nextBits() >>> 5;
    int low = nextBits() >>> 6;
    return ((long) high << 26 | low) * 0x1p-53;
  }

  /**
   * A standard normal double by Marsaglia's polar method: for a point (a, b) in the unit disc and r
   * = a² + b², both a·√(−2 ln r / r) and b·√(−2 ln r / r) are normal; b's comes first.
   */
  double nextNormal() {
    if (hasKeptNormal) {
      hasKeptNormal = false;
      return keptNormal;
    }
    double a;
    double b;
    double r;
    do {
      a = 2 * nextDouble() - 1;
      b = 2 * nextDouble() - 1;
      r = a * a + b * b;
    } while (r >= 1 || r == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(r) / r);
    keptNormal = factor * a;
    hasKeptNormal = true;
    return factor * b;
  }

  /** A uniform integer in [0, bound), by rejection under the smallest covering bit mask. */
  int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("nextInt: the bound must be positive, not " + bound);
    }
    int largest = bound - 1;
    if (largest == 0) {
      return 0; // NumPy draws nothing here
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(largest);
    int value;
    do {
      value = nextBits() & mask;
    } while (value > largest);
    return value;
  }

  /** A uniform permutation of 0 … size − 1, by Fisher–Yates from the end. */
  int[] permutation(int size) {
    int[] permutation = new int[size];
    for (int i = 0; i < size; i++) {
      permutation[i] = i;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = permutation[i];
      permutation[i] = permutation[j];
      permutation[j] = swapped;
    }
    return permutation;
  }

  private int nextBits() {
    if (position == STATE_LENGTH) {
      twist();
      position = 0;
    }
    return temper(state[position++]);
  }

  private void twist() {
    for (int i = 0; i < STATE_LENGTH; i++) {
      int joined = (state[i] & UPPER_BIT) | (state[(i + 1) % STATE_LENGTH] & LOWER_BITS);
      int matrix = (joined & 1) == 0 ? 0 : TWIST_MATRIX;
      state[i] = state[(i + TWIST_OFFSET) % STATE_LENGTH] ^ (joined >>> 1) ^ matrix;
    }
  }

  private static int temper(int bits) {
    int y = bits;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }
}
