package dev.lanegrad.optim;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.FlatParameters.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * What {@link LBFGS} remembers from iteration to iteration, and how the next direction follows from
 * it; all vectors have the n numbers of all parameters. Like the loop itself it is Java that reads
 * numbers out of tensors, and not a recorded step.
 *
 * @param direction of the last move
 * @param t its length along the direction
 * @param history pairs of the last moves and changes of the gradient
 * @param scale of the initial inverse Hessian
 * @param gradient before the last move
 * @param loss before the last move
 */
record LbfgsMemory(
    Tensor direction, double t, List<Pair> history, double scale, Tensor gradient, double loss) {
  private static final double LEAST_CURVATURE = 1e-10;

  /** A move, the change of the gradient in it, and 1 / (s y). */
  record Pair(Tensor s, Tensor y, double inverseCurvature) {}

  LbfgsMemory {
    history = List.copyOf(history);
  }

  /** Down the gradient, at most as far as one in the sum of all numbers. */
  static LbfgsMemory first(Evaluation now, double learningRate) {
    double t = Math.min(1, 1 / now.gradient().abs().sum().item()) * learningRate;
    Tensor direction = StateDict.copy(now.gradient().neg());
    return new LbfgsMemory(direction, t, List.of(), 1, now.gradient(), now.loss());
  }

  /** The next direction, and the length to try. */
  LbfgsMemory next(Evaluation now, double learningRate, int historySize) {
    List<Pair> pairs = new ArrayList<>(history);
    double nextScale = scale;
    Tensor y = StateDict.copy(now.gradient().sub(gradient));
    Tensor s = StateDict.copy(direction.mul(t));
    double curvature = FlatParameters.dot(y, s);
    if (curvature > LEAST_CURVATURE) {
      if (pairs.size() == historySize) {
        pairs.removeFirst();
      }
      pairs.add(new Pair(s, y, 1 / curvature));
      nextScale = curvature / FlatParameters.dot(y, y);
    }
    Tensor next = StateDict.copy(twoLoops(now.gradient(), pairs, nextScale));
    return new LbfgsMemory(next, learningRate, pairs, nextScale, now.gradient(), now.loss());
  }

  /** With another length along the direction. */
  LbfgsMemory moved(double length) {
    return new LbfgsMemory(direction, length, history, scale, gradient, loss);
  }

  private static Tensor twoLoops(Tensor gradient, List<Pair> history, double scale) {
    double[] alpha = new double[history.size()];
    Tensor q = gradient.neg();
    for (int i = alpha.length - 1; i >= 0; i--) {
      Pair pair = history.get(i);
      alpha[i] = FlatParameters.dot(pair.s, q) * pair.inverseCurvature;
      q = q.sub(pair.y.mul(alpha[i]));
    }
    Tensor r = q.mul(scale);
    for (int i = 0; i < alpha.length; i++) {
      Pair pair = history.get(i);
      double beta = FlatParameters.dot(pair.y, r) * pair.inverseCurvature;
      r = r.add(pair.s.mul(alpha[i] - beta));
    }
    return r;
  }

  /** Puts copies of everything into a state. */
  void putInto(SequencedMap<String, Tensor> state) {
    state.put("direction", StateDict.copy(direction));
    state.put("length", StateDict.number(t));
    state.put("moves", stack(history.stream().map(Pair::s).toList()));
    state.put("gradientChanges", stack(history.stream().map(Pair::y).toList()));
    double[] inverse = history.stream().mapToDouble(Pair::inverseCurvature).toArray();
    state.put("inverseCurvatures", Tensor.of(inverse));
    state.put("scale", StateDict.number(scale));
    state.put("gradient", StateDict.copy(gradient));
    state.put("loss", StateDict.number(loss));
  }

  private Tensor stack(List<Tensor> vectors) {
    return vectors.isEmpty()
        ? Tensor.zeros(direction.dtype(), 0, direction.size())
        : StateDict.copy(Tensor.stack(0, vectors));
  }

  /** Puts tensors of the shapes that a memory of so many pairs has into a state. */
  static void putShapes(SequencedMap<String, Tensor> state, DType dtype, int pairs, int size) {
    Tensor number = StateDict.number(0);
    Tensor vector = Tensor.zeros(dtype, size);
    Tensor vectors = Tensor.zeros(dtype, pairs, size);
    state.put("direction", vector);
    state.put("length", number);
    state.put("moves", vectors);
    state.put("gradientChanges", vectors);
    state.put("inverseCurvatures", Tensor.zeros(DType.FLOAT64, pairs));
    state.put("scale", number);
    state.put("gradient", vector);
    state.put("loss", number);
  }

  static LbfgsMemory read(StateDict.Reader reader, int pairs) {
    List<Pair> history = new ArrayList<>();
    double[] inverse = reader.tensor("inverseCurvatures").toDoubleArray();
    for (int k = 0; k < pairs; k++) {
      Tensor s = StateDict.copy(reader.tensor("moves").select(0, k));
      Tensor y = StateDict.copy(reader.tensor("gradientChanges").select(0, k));
      history.add(new Pair(s, y, inverse[k]));
    }
    return new LbfgsMemory(
        StateDict.copy(reader.tensor("direction")),
        reader.number("length"),
        history,
        reader.number("scale"),
        StateDict.copy(reader.tensor("gradient")),
        reader.number("loss"));
  }
}
