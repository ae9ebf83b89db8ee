package dev.lanegrad.benchmarks;

import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.formula.Formula;
import dev.lanegrad.autodiff.op.MatMul;
import java.util.List;

/**
 * The operations of self-attention, called one by one.
 *
 * @param inWeight of queries, keys and values
 */
record AttentionByHand(
    int heads, Tensor inWeight, Tensor inBias, Tensor outWeight, Tensor outBias) {
  private static final Formula IDENTITY = Formula.input(0);

  Tensor apply(Tensor x) {
    int n = x.shape().dim(0);
    int steps = x.shape().dim(1);
    int features = x.shape().dim(2);
    List<Tensor> weights = inWeight.split(0, features);
    List<Tensor> biases = inBias.split(0, features);
    Tensor q = perHead(x, weights.get(0), biases.get(0));
    Tensor k = perHead(x, weights.get(1), biases.get(1));
    Tensor v = perHead(x, weights.get(2), biases.get(2));
    Tensor scores = q.matmul(k.transpose()).mul(1 / Math.sqrt(features / (double) heads));
    Tensor mixed = scores.softmax(-1).matmul(v).permute(0, 2, 1, 3);
    Tensor rows = mixed.reshape(n * steps, features);
    return MatMul.linear(rows, outWeight, outBias, IDENTITY).reshape(n, steps, features);
  }

  private Tensor perHead(Tensor x, Tensor weight, Tensor bias) {
    int n = x.shape().dim(0);
    int steps = x.shape().dim(1);
    int features = x.shape().dim(2);
    Tensor rows = x.reshape(n * steps, features).matmul(weight.transpose()).add(bias);
    return rows.reshape(n, steps, heads, features / heads).permute(0, 2, 1, 3);
  }
}
