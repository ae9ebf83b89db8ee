package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.DType;
import java.util.Arrays;

/** What is timed, in words that every process understands. */
sealed interface Task
    permits OperationTask,
        ProductTask,
        WindowTask,
        DataTask,
        SequenceTask,
        TrainingTask,
        LayerTask,
        TrainerTask,
        LoopTask,
        FormulaTask,
        PeakTask,
        MemoryTask {
  /** The task in one line, as it is sent to a {@link Worker}; begins with its kind. */
  String key();

  /** What it is called in a table. */
  String name();

  DType dtype();

  /** How its size reads in a table. */
  String shape();

  /** The task that a {@link #key} came from. */
  static Task of(String key) {
    String[] words = key.split(" ", -1);
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    return switch (words[0]) {
      case OperationTask.KIND -> OperationTask.of(rest);
      case ProductTask.KIND -> ProductTask.of(rest);
      case TrainingTask.KIND -> TrainingTask.of(rest);
      case WindowTask.KIND -> WindowTask.of(rest);
      case DataTask.KIND -> DataTask.of(rest);
      case SequenceTask.KIND -> SequenceTask.of(rest);
      case LayerTask.KIND -> LayerTask.of(rest);
      case TrainerTask.KIND -> TrainerTask.of(rest);
      case LoopTask.KIND -> LoopTask.of(rest);
      case FormulaTask.KIND -> FormulaTask.of(rest);
      case PeakTask.KIND -> PeakTask.of(rest);
      case MemoryTask.KIND -> MemoryTask.of(rest);
      default -> throw new IllegalArgumentException("no task \"%s\"".formatted(key));
    };
  }
}
