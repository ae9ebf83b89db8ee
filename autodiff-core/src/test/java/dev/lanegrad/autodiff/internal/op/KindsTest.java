package dev.lanegrad.autodiff.internal.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.internal.graph.Dispatch;
import dev.lanegrad.autodiff.internal.graph.Views;
import dev.lanegrad.autodiff.internal.kernel.arrays.Operand;
import dev.lanegrad.autodiff.op.CompositeOp;
import dev.lanegrad.autodiff.op.Op;
import dev.lanegrad.autodiff.op.PrimitiveOp;
import dev.lanegrad.autodiff.op.ViewOp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An operation writes its outputs, shows views or is put together from others, and its code keeps
 * to that: so what passes the gate is all that runs.
 */
class KindsTest {
  private static final Set<String> OPERATIONS =
      Set.of(Op.class.getPackageName(), Softmax.class.getPackageName());
  private static final String KERNELS = "dev.lanegrad.autodiff.internal.kernel";

  /** Methods that write into memory. */
  private static final Set<String> WRITING =
      Set.of("copy", "copyInto", "contiguous", "assign", "fill", "allocate");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Op.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void everyOperationIsOfOneKind() {
    Set<String> others = new TreeSet<>();
    for (JavaClass type : operations(Op.class)) {
      long kinds =
          Stream.of(PrimitiveOp.class, ViewOp.class, CompositeOp.class)
              .filter(type::isAssignableTo)
              .count();
      if (kinds != 1) {
        others.add(type.getSimpleName());
      }
    }
    assertEquals(Set.of(), others, "PrimitiveOp, ViewOp or CompositeOp, each one of them");
    assertTrue(operations(PrimitiveOp.class).size() > 20, "classes are found");
  }

  @Test
  void primitiveOperationsRunNoOther() {
    assertEquals(Set.of(), operationsRunBy(PrimitiveOp.class, "compute", "forward"));
    assertTrue(operationsRunBy(PrimitiveOp.class, "vjp").size() > 20, "as reverse rules do");
  }

  private static Set<String> operationsRunBy(Class<?> kind, String... methods) {
    return operations(kind).stream()
        .flatMap(type -> reached(type, methods).stream())
        .flatMap(unit -> unit.getCallsFromSelf().stream())
        .filter(call -> isOperation(call.getTargetOwner(), call.getName()))
        .map(JavaCodeUnitAccess::getDescription)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void othersRunNoKernel() {
    assertEquals(Set.of(), written(ViewOp.class, "forward"));
    assertEquals(Set.of(), written(CompositeOp.class, "forward"));
    assertTrue(written(PrimitiveOp.class, "compute").size() > 20, "as primitive ones do");
  }

  private static Set<String> written(Class<?> kind, String method) {
    return operations(kind).stream()
        .flatMap(type -> reached(type, method).stream())
        .flatMap(unit -> unit.getCallsFromSelf().stream())
        .filter(
            call ->
                isKernel(call)
                    || (call.getTargetOwner().isEquivalentTo(Views.class)
                        && WRITING.contains(call.getName())))
        .map(JavaCodeUnitAccess::getDescription)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void kernelsRunOnlyInPrimitiveOperations() {
    Set<JavaCodeUnit> inside = new LinkedHashSet<>();
    operations(PrimitiveOp.class).forEach(type -> inside.addAll(reached(type, "compute")));
    inside.addAll(reached(CLASSES.get(Op.class.getPackageName() + ".LoopPlan"), "run"));
    inside.addAll(copying());
    Set<String> kernels = new TreeSet<>();
    Set<String> faults = new TreeSet<>();
    CLASSES.stream()
        .filter(type -> !type.getPackageName().startsWith(KERNELS))
        .flatMap(type -> type.getCodeUnits().stream())
        .flatMap(unit -> unit.getCallsFromSelf().stream())
        .filter(KindsTest::isKernel)
        .forEach(
            call -> {
              kernels.add(call.getTargetOwner().getSimpleName() + "." + call.getName());
              if (!inside.contains(call.getOrigin())) {
                faults.add(call.getDescription());
              }
            });
    assertEquals(Set.of(), faults, "are run by no primitive operation");
    assertTrue(kernels.containsAll(Set.of("Plan.run", "MatMulLoop.run")), kernels::toString);
  }

  /** What the writing methods of views do, of which {@link #othersRunNoKernel} sees the calls. */
  private static Set<JavaCodeUnit> copying() {
    return CLASSES.get(Views.class.getPackageName() + ".Planes").getCodeUnits();
  }

  /** Whether a kernel is run: it is given arrays. */
  private static boolean isKernel(JavaCodeUnitAccess<?> call) {
    return call.getTargetOwner().getPackageName().startsWith(KERNELS)
        && !call.getName().equals("<init>")
        && !call.getTargetOwner().getSimpleName().equals("BoundedCache")
        && call.getTarget().getRawParameterTypes().stream().anyMatch(KindsTest::isData);
  }

  private static boolean isData(JavaClass type) {
    return type.isEquivalentTo(Operand.class)
        || type.getBaseComponentType().isEquivalentTo(Object.class);
  }

  private static Set<JavaClass> operations(Class<?> kind) {
    return CLASSES.stream()
        .filter(type -> OPERATIONS.contains(type.getPackageName()))
        .filter(type -> type.isAssignableTo(kind) && !type.isInterface())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What methods of a class call in these packages, but for what the gate runs. */
  private static Set<JavaCodeUnit> reached(JavaClass type, String... methods) {
    Set<JavaCodeUnit> reached = new LinkedHashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>();
    type.getMethods().stream()
        .filter(method -> Set.of(methods).contains(method.getName()))
        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
        .forEach(open::add);
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      if (reached.add(unit)) {
        Stream.concat(unit.getCallsFromSelf().stream(), unit.getMethodReferencesFromSelf().stream())
            .filter(call -> OPERATIONS.contains(call.getTargetOwner().getPackageName()))
            .filter(call -> !isOperation(call.getTargetOwner(), call.getName()))
            .flatMap(KindsTest::targets)
            .filter(JavaCodeUnit.class::isInstance)
            .map(JavaCodeUnit.class::cast)
            .forEach(open::add);
      }
    }
    return reached;
  }

  /** What is called, or handed to a kernel that is going to call it. */
  private static Stream<? extends JavaMember> targets(JavaCodeUnitAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    boolean isHandedOver =
        call.getName().equals("<init>")
            && owner.getAllRawInterfaces().stream()
                .anyMatch(type -> type.getPackageName().startsWith(KERNELS));
    return isHandedOver ? owner.getMethods().stream() : call.getTarget().resolveMember().stream();
  }

  /** Whether something goes through the gate. */
  private static boolean isOperation(JavaClass owner, String method) {
    boolean isOfOperations =
        owner.isAssignableTo(Op.class) && Set.of("apply", "applyTo", "part").contains(method);
    boolean isPart = owner.isEquivalentTo(Parts.class) && method.equals("of");
    boolean isOfGate =
        owner.isEquivalentTo(Dispatch.class) && Set.of("run", "part", "update").contains(method);
    return isOfOperations || isPart || isOfGate || isOfTensors(owner, method);
  }

  /** Methods of tensors that make others. */
  private static boolean isOfTensors(JavaClass owner, String method) {
    boolean isTensor =
        owner.isEquivalentTo(Tensor.class) || owner.getSimpleName().endsWith("Methods");
    return isTensor
        && !method.equals("detach")
        && owner.getAllMethods().stream()
            .filter(each -> each.getName().equals(method))
            .filter(each -> !each.getModifiers().contains(JavaModifier.STATIC))
            .anyMatch(each -> each.getRawReturnType().isEquivalentTo(Tensor.class));
  }
}
