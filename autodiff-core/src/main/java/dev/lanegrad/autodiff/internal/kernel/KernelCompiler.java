package dev.lanegrad.autodiff.internal.kernel;

import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.formula.Program;
import dev.lanegrad.autodiff.internal.Settings;
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

  private static final AtomicInteger DUMPED = new AtomicInteger();

  private KernelCompiler() {}

  /** A loop over single elements. */
  static Kernel scalarLoop(Program program, LoopShape shape) {
    return loop(new ScalarWriter(program.dtype()), program, shape);
  }

  /** A loop over vectors of {@code bits} bits. */
  static Kernel vectorLoop(Program program, LoopShape shape, int bits) {
    return loop(new VectorWriter(SELF, program.dtype(), bits), program, shape);
  }

  private static Kernel loop(InstructionWriter writer, Program program, LoopShape shape) {
    return define(
        Kernel.class,
        writer,
        LoopWriter.RUN,
        code -> new LoopWriter(code, writer, program, shape).write());
  }

  /** A matrix product kernel for tiles of one size. */
  static MatMulKernel matMulTile(MatMulTiles.Tile tile, int bits) {
    VectorWriter writer = new VectorWriter(SELF, tile.dtype(), bits);
    return define(
        MatMulKernel.class,
        writer,
        MatMulWriter.RUN,
        code -> new MatMulWriter(code, writer, tile).write());
  }

  /** A kernel for so many rows times a column. */
  static ColumnKernel column(DType dtype, int bits, int rows) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        ColumnKernel.class,
        writer,
        ColumnWriter.RUN,
        code -> new ColumnWriter(code, writer, rows).write());
  }

  /** A kernel for a single row that goes along so many rows of a matrix at once. */
  static RowKernel rows(DType dtype, int bits, int rows) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        RowKernel.class,
        writer,
        RowWriter.RUN,
        code -> new RowWriter(code, writer, rows).write());
  }

  /** A kernel that copies so many vectors for every step, or that transposes if there are none. */
  static PanelKernel panel(DType dtype, int vectors, int bits) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        PanelKernel.class,
        writer,
        PanelWriter.RUN,
        code -> {
          PanelWriter panel = new PanelWriter(code, writer);
          if (vectors > 0) {
            panel.writeCopy(vectors);
          } else {
            panel.writeTranspose();
          }
        });
  }

  /** A kernel that copies vectors, each from one place or from two. */
  static CopyKernel copy(DType dtype, int bits, boolean fromTwo) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        CopyKernel.class,
        writer,
        CopyWriter.RUN,
        code -> new CopyWriter(code, writer, fromTwo).write());
  }

  /** A kernel for the largest elements of squares, or for the way back. */
  static SquarePoolKernel squarePool(DType dtype, int bits, SquarePool.Direction direction) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        SquarePoolKernel.class,
        writer,
        SquarePoolWriter.RUN,
        code -> new SquarePoolWriter(code, writer).write(direction));
  }

  /** A convolution kernel for blocks of so many channels and vectors. */
  static ConvolutionKernel convolution(DType dtype, int bits, int channels, int vectors) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        ConvolutionKernel.class,
        writer,
        ConvolutionWriter.RUN,
        code -> new ConvolutionWriter(code, writer, channels, vectors).write());
  }

  /** A kernel for a convolution's weight, for so many elements of its kernel and vectors. */
  static WeightGradientKernel weightGradient(DType dtype, int bits, int taps, int vectors) {
    VectorWriter writer = new VectorWriter(SELF, dtype, bits);
    return define(
        WeightGradientKernel.class,
        writer,
        WeightGradientWriter.RUN,
        code -> new WeightGradientWriter(code, writer, taps, vectors).write());
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
