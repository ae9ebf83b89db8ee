package dev.lanegrad.autodiff.internal;

import java.util.Set;

/**
 * Which method of tensors the user called. Many are made of several operations, whose names would
 * say nothing in a message: the sum in a mean, the solution in an inverse. The stack is looked at
 * where something has gone wrong, so that calls that go well cost nothing.
 */
public final class UserCall {
  private static final String BASE = "dev.lanegrad.autodiff.";

  /** The public classes whose methods are operations by name. */
  private static final Set<String> OPERATIONS =
      Set.of(
          BASE + "Tensor",
          BASE + "ElementwiseMethods",
          BASE + "ReductionMethods",
          BASE + "ShapeMethods",
          BASE + "LinearAlgebra",
          BASE + "Convolutions",
          BASE + "Pooling");

  /** Its operations were called by nobody. */
  private static final String REVERSE_PASS = BASE + "internal.graph.ReversePass";

  private UserCall() {}

  /** The name of the outermost method of tensors that is running, or else that of an operation. */
  public static String nameOr(String operation) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .takeWhile(frame -> !frame.getClassName().equals(REVERSE_PASS))
                    .filter(frame -> OPERATIONS.contains(frame.getClassName()))
                    .map(StackWalker.StackFrame::getMethodName)
                    .reduce(operation, (inner, outer) -> outer));
  }

  /**
   * A message of the form "operation: ..." under the name of what the user called, but where the
   * operation says the same and more: conv2d, which conv runs for images.
   */
  public static String renamed(String message) {
    int end = message.indexOf(':');
    if (end <= 0 || !message.chars().limit(end).allMatch(Character::isLetterOrDigit)) {
      return message;
    }
    String operation = message.substring(0, end);
    String called = nameOr(operation);
    return operation.startsWith(called) ? message : called + message.substring(end);
  }
}
