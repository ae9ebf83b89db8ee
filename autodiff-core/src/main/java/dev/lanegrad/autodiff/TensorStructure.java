package dev.lanegrad.autodiff;

import java.util.List;

/**
 * A class that holds tensors and says which, so that it can be returned from {@link Autodiff#tidy}
 * and be the argument or the result of what is differentiated.
 *
 * <p>Records, lists, sets, maps, arrays and {@link java.util.Optional} are looked into without it.
 *
 * @param <S> the class itself
 */
public interface TensorStructure<S extends TensorStructure<S>> {
  /** The tensors that it holds, in an order that stays. */
  List<Tensor> tensors();

  /**
   * One like this with other tensors.
   *
   * @param tensors as many as {@link #tensors()} gives, in that order
   */
  S with(List<Tensor> tensors);
}
