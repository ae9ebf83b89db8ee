package dev.lanegrad.benchmarks;

/** Loops over vectors with the transcendental functions of the Vector API. */
final class SvmlLoops {
  private static final String ONE = "$Numbers.broadcast(S, 1)";

  private SvmlLoops() {}

  static Runnable prepare(LoopTask task) {
    WrittenLoop loop =
        LoopCompiler.compile(
            task.dtype(),
            1,
            "",
            """
            $Numbers x = $Numbers.fromArray(S, x0, i);
            %s.intoArray(y, i);
            """
                .formatted(expression(task.function())));
    Object[] inputs = {LoopTask.array(task.dtype(), task.numbers())};
    Object output = LoopTask.array(task.dtype(), new double[task.size()]);
    int size = task.size();
    return () -> loop.run(inputs, output, size);
  }

  private static String expression(Operation function) {
    return switch (function) {
      case EXP, EXPM1, TANH, LOG, LOG1P, SIN, COS ->
          "x.lanewise(VectorOperators.%s)".formatted(function.name());
      case SIGMOID -> "ONE.div(x.neg().lanewise(VectorOperators.EXP).add(ONE))".replace("ONE", ONE);
      default -> throw new IllegalArgumentException("no SVML loop for " + function);
    };
  }
}
