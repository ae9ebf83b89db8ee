package dev.lanegrad.benchmarks;

import java.util.List;
import java.util.Map;

/** Kinds of processes that time slots. */
enum Contender {
  /** Lanegrad's scalar kernels. */
  SCALAR("scalar kernels", 0, "Lanegrad", List.of("-Dlanegrad.kernels=scalar")),
  /** The same without the JIT's own vectors. */
  UNVECTORIZED(
      "scalar kernels, no SuperWord",
      0,
      "Lanegrad",
      List.of("-Dlanegrad.kernels=scalar", "-XX:-UseSuperWord")),
  /** Lanegrad as it is, on one thread unless the user says otherwise. */
  VECTOR("vector kernels", 0, "Lanegrad", List.of("-Dlanegrad.kernels=vector")),
  /** The library of another checkout, in the place of {@link #VECTOR}. */
  OTHER("other checkout", 0, "Lanegrad", List.of("-Dlanegrad.kernels=vector")),
  LANEGRAD("Lanegrad", 1, "Lanegrad", List.of("-Dlanegrad.kernels=vector")),
  LANEGRAD_2("Lanegrad", 2, "Lanegrad", List.of("-Dlanegrad.kernels=vector")),
  OTHER_1("other checkout", 1, "Lanegrad", List.of("-Dlanegrad.kernels=vector")),
  OTHER_2("other checkout", 2, "Lanegrad", List.of("-Dlanegrad.kernels=vector")),
  OPENBLAS("OpenBLAS", 1, "OpenBlas", List.of()),
  OPENBLAS_2("OpenBLAS", 2, "OpenBlas", List.of()),
  MKL("MKL", 1, "Mkl", List.of()),
  MKL_2("MKL", 2, "Mkl", List.of()),
  PYTORCH("PyTorch", 1, "PyTorch", List.of()),
  PYTORCH_2("PyTorch", 2, "PyTorch", List.of()),
  TORCH("PyTorch in Python", 1, "torch", List.of()),
  TORCH_2("PyTorch in Python", 2, "torch", List.of()),
  JAX("JAX", 1, "jax", List.of()),
  JAX_2("JAX", 2, "jax", List.of());

  private final String label;
  private final int threads;
  private final String program;
  private final List<String> options;

  Contender(String label, int threads, String program, List<String> options) {
    this.label = label;
    this.threads = threads;
    this.program = program;
    this.options = options;
  }

  /** The same on two threads. */
  Contender onTwoThreads() {
    return switch (this) {
      case LANEGRAD -> LANEGRAD_2;
      case OPENBLAS -> OPENBLAS_2;
      case MKL -> MKL_2;
      case PYTORCH -> PYTORCH_2;
      case TORCH -> TORCH_2;
      case JAX -> JAX_2;
      default -> throw new IllegalStateException(this + " runs on as many threads as it is told");
    };
  }

  /** Whether another checkout can take its place. */
  boolean hasTwin() {
    return this == VECTOR || this == LANEGRAD || this == LANEGRAD_2;
  }

  /** The same of another checkout. */
  Contender twin() {
    return switch (this) {
      case VECTOR -> OTHER;
      case LANEGRAD -> OTHER_1;
      case LANEGRAD_2 -> OTHER_2;
      default -> throw new IllegalStateException(this + " is nothing that checkouts differ in");
    };
  }

  /** Whether it is the library of another checkout. */
  boolean isTwin() {
    return this == OTHER || this == OTHER_1 || this == OTHER_2;
  }

  /** The class that the process runs: peers are built on demand only. */
  String mainClass() {
    return Contender.class.getPackageName() + "." + program;
  }

  /** Whether it is somebody else's library. */
  boolean isPeer() {
    return switch (this) {
      case OPENBLAS, OPENBLAS_2, MKL, MKL_2, PYTORCH, PYTORCH_2 -> true;
      default -> isPython();
    };
  }

  /** Whether it is a library of Python, see {@link Python}. */
  boolean isPython() {
    return this == TORCH || this == TORCH_2 || this == JAX || this == JAX_2;
  }

  /** The library's name in Python. */
  String module() {
    return program;
  }

  int threads() {
    return threads > 0 ? threads : Integer.getInteger("lanegrad.threads", 1);
  }

  /** Options of its JVM. */
  List<String> options() {
    return options;
  }

  /** Additions to its environment, which libraries in C read. */
  Map<String, String> environment() {
    String count = Integer.toString(threads());
    return isPeer()
        ? Map.of("OPENBLAS_NUM_THREADS", count, "OMP_NUM_THREADS", count, "MKL_NUM_THREADS", count)
        : Map.of();
  }

  /**
   * Whether helpers of other libraries would look for more work after a slot: keeping a core busy.
   */
  boolean spins() {
    return isPeer() && threads > 1;
  }

  /** The name in the table. */
  @Override
  public String toString() {
    return label;
  }
}
