package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.internal.program.Template;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One of the {@link HotFormulas}, on data that fits the L1 cache: Lanegrad's kernel, or the loop of
 * the same program written as Java source.
 */
record FormulaTask(boolean written, String formula, DType dtype, int size) implements Task {
  static final String KIND = "formula";

  static FormulaTask of(String... words) {
    return new FormulaTask(
        Boolean.parseBoolean(words[0]),
        words[1],
        DType.valueOf(words[2]),
        Integer.parseInt(words[3]));
  }

  @Override
  public String key() {
    return String.format(Locale.ROOT, "%s %s %s %s %d", KIND, written, formula, dtype.name(), size);
  }

  @Override
  public String name() {
    return "formula " + formula;
  }

  @Override
  public String shape() {
    return String.format(Locale.ROOT, "%,d", size);
  }

  Work prepare() {
    Formula function = HotFormulas.get(formula);
    SplittableRandom random = new SplittableRandom(5);
    Object[] inputs = new Object[function.inputs()];
    for (int k = 0; k < inputs.length; k++) {
      inputs[k] = LoopTask.array(dtype, random.doubles(size, 0.1, 2).toArray());
    }
    if (written) {
      Template template = Template.of(List.of(function));
      WrittenLoop loop =
          ProgramSource.compile(template.program(dtype), inputs.length, template.parameters());
      Object output = LoopTask.array(dtype, new double[size]);
      Runnable run = () -> loop.run(inputs, output, size);
      return new Work(run, 1, () -> mean(run, output));
    }
    Object[] result = new Object[1];
    Runnable run = KernelLoops.map(function, dtype, List.of(inputs), size, result);
    return Work.inScope(run, () -> mean(run, result[0]));
  }

  private double mean(Runnable run, Object result) {
    run.run();
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += result instanceof float[] floats ? floats[i] : ((double[]) result)[i];
    }
    return sum / size;
  }
}
