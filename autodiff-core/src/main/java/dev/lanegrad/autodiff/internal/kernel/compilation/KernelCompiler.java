package dev.lanegrad.autodiff.internal.kernel.compilation;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.internal.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes kernels as hidden classes: operations and vector species are constants in their code, so
 * the JIT compiles each to the loop one would have written by hand, and a kernel that is no longer
 * used is unloaded.
 */
public final class KernelCompiler {
  private static final ClassDesc SELF =
      ClassDesc.of(KernelCompiler.class.getPackageName(), "GeneratedKernel");

  /** Classes of this version need no stack maps, which took a tenth of a short training's start. */
  private static final int VERSION_WITHOUT_STACK_MAPS = ClassFile.JAVA_5_VERSION;

  /**
   * The first int of a call of a vector kernel that does nothing. The JIT has to be asked for each
   * kernel by calls, and real turns on vectors that are not compiled cost more than all of these.
   */
  public static final int IDLE = -1;

  private static final AtomicInteger DUMPED = new AtomicInteger();

  private KernelCompiler() {}

  /**
   * A kernel of scalar instructions.
   *
   * @param type the kernel's interface, of one method {@code run}, which is public
   * @param run its types
   * @param body writes what it does
   */
  public static <K> K scalar(
      Class<K> type,
      MethodTypeDesc run,
      DType dtype,
      BiConsumer<CodeBuilder, InstructionWriter> body) {
    InstructionWriter writer = new ScalarWriter(dtype);
    return define(type, writer, run, code -> body.accept(code, writer));
  }

  /**
   * A kernel of instructions on vectors of {@code bits} bits.
   *
   * @param type the kernel's interface, of one method {@code run}, which is public
   * @param run its types
   * @param body writes what it does
   */
  public static <K> K vector(
      Class<K> type,
      MethodTypeDesc run,
      DType dtype,
      int bits,
      BiConsumer<CodeBuilder, VectorWriter> body) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(type, writer, run, code -> body.accept(code, writer));
  }

  /** The same, but where the first int is below zero, as {@link #IDLE} is, it does nothing. */
  public static <K> K vectorOrIdle(
      Class<K> type,
      MethodTypeDesc run,
      DType dtype,
      int bits,
      BiConsumer<CodeBuilder, VectorWriter> body) {
    int first = run.parameterList().indexOf(ConstantDescs.CD_int);
    return vector(
        type,
        run,
        dtype,
        bits,
        (code, writer) -> {
          var work = code.newLabel();
          code.iload(code.parameterSlot(first)).ifge(work).return_().labelBinding(work);
          body.accept(code, writer);
        });
  }

  /** An object whose class has one method, {@code run}. */
  private static <K> K define(
      Class<K> type, InstructionWriter writer, MethodTypeDesc run, Consumer<CodeBuilder> body) {
    byte[] bytes =
        ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
            .build(
                SELF,
                builder -> {
                  builder.withVersion(VERSION_WITHOUT_STACK_MAPS, 0);
                  builder.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
                  builder.withInterfaceSymbols(ClassDesc.ofDescriptor(type.descriptorString()));
                  builder.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      ConstantDescs.MTD_void,
                      0,
                      code ->
                          code.aload(0)
                              .invokespecial(
                                  ConstantDescs.CD_Object,
                                  ConstantDescs.INIT_NAME,
                                  ConstantDescs.MTD_void)
                              .return_());
                  writer.declareConstants(builder);
                  builder.withMethodBody("run", run, ClassFile.ACC_PUBLIC, body);
                });
    dump(bytes);
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return type.cast(
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke());
    } catch (Throwable e) {
      throw new LinkageError("a generated kernel does not load", e);
    }
  }

  private static void dump(byte[] bytes) {
    if (Settings.DUMP.isEmpty()) {
      return;
    }
    try {
      Path folder = Files.createDirectories(Path.of(Settings.DUMP));
      Files.write(folder.resolve("Kernel" + DUMPED.incrementAndGet() + ".class"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("lanegrad.dump: cannot write to " + Settings.DUMP, e);
    }
  }
}
