package dev.lanegrad.examples;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanegrad.autodiff.Autodiff;
import dev.lanegrad.autodiff.DType;
import dev.lanegrad.autodiff.ShapeException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.autodiff.check.GradientCheck;
import dev.lanegrad.layers.Flatten;
import dev.lanegrad.layers.Layer;
import dev.lanegrad.layers.Linear;
import dev.lanegrad.layers.ReLU;
import dev.lanegrad.layers.Sequential;
import dev.lanegrad.optim.Adam;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.Dataset;
import dev.lanegrad.training.Metrics;
import dev.lanegrad.training.data.StrokeDigits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what runs. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SAMPLES = Path.of("src", "test", "java", "dev", "lanegrad", "examples");
  private static final Pattern README_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JAVADOC_BLOCK =
      Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL);

  @Test
  void everySampleInTheReadmeIsCompiledHere() throws IOException {
    int found = checkBlocks(README_BLOCK, README);
    assertTrue(found >= 4, () -> found + " samples");
  }

  @Test
  void everySampleInJavadocIsCompiledHere() throws IOException {
    int found = 0;
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file : files.filter(ReadmeTest::isMainSource).toList()) {
        found += checkBlocks(JAVADOC_BLOCK, file);
      }
    }
    int samples = found;
    assertTrue(samples >= 3, () -> samples + " samples");
  }

  private static boolean isMainSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/src/main/java/");
  }

  private static int checkBlocks(Pattern pattern, Path file) throws IOException {
    String samples = withoutIndentation(allSamples());
    Matcher blocks = pattern.matcher(Files.readString(file));
    int found = 0;
    while (blocks.find()) {
      String shown = blocks.group(1).replaceAll("(?m)^ *\\* ?", "");
      assertTrue(
          samples.contains(withoutIndentation(shown)),
          () -> file + " shows what no sample of the tests has:\n" + shown);
      found++;
    }
    return found;
  }

  private static String allSamples() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).filter(l -> !l.isEmpty()).collect(joining("\n"));
  }

  @Test
  void theSamplesOfFunctionsRun() {
    Tensor x = Tensor.of(-1.0, 2.0);
    double sigmoid = 1 / (1 + Math.exp(1));
    assertArrayEquals(
        new double[] {-3, 2 / (1 + Math.exp(-2)) * 3},
        FunctionSample.ownFunction(x, Tensor.of(3.0)).toDoubleArray(),
        1e-12);
    assertEquals(-sigmoid, FunctionSample.elementwise(x).toDoubleArray()[0], 1e-15);
    assertEquals("mul(x0, sigmoid(x0))", FunctionSample.swish().toString());
    assertArrayEquals(
        new double[] {-1.1752808988764045, 1.380674157303371},
        FunctionSample.newtonStep().toDoubleArray(),
        1e-12);
    assertArrayEquals(
        new double[] {0, 0.25},
        Autodiff.grad(v -> FunctionSample.guarded(v).sum())
            .apply(Tensor.of(0.0, 4.0))
            .toDoubleArray());
    FunctionSample.checks();
    FunctionSample.gradientCheck();
  }

  @Test
  void theSamplesOfLayersTakeAStep() {
    double[] losses = ModelSample.train();
    assertTrue(losses[1] < losses[0], () -> losses[0] + ", then " + losses[1]);
  }

  @Test
  void theSamplesOfOptimizersRun() {
    double accuracy = OptimizerSample.trained();
    assertTrue(accuracy > 0.98, () -> "accuracy " + accuracy);
    double gained = OptimizerSample.all();
    assertTrue(gained > 0, () -> "loss fell by " + gained);
  }

  @Test
  void theSamplesOfDataRun() throws IOException {
    assertEquals(2, DataSample.readIris().size());
    double onMoons = DataSample.moons();
    assertTrue(onMoons > 0.98, () -> "accuracy " + onMoons);
    SplittableRandom random = new SplittableRandom(1);
    Layer model = new Sequential(new Flatten(), new Linear(784, 10, random));
    Dataset digits = StrokeDigits.make(200, 1);
    DataSample.train(digits, model, new Optimizer(model.parameters(), new Adam(0.01)));
    double accuracy = Metrics.accuracy(model.forward(digits.x()), digits.y());
    assertTrue(accuracy > 0.5, () -> "accuracy " + accuracy);
  }

  @Test
  void theSamplesOfFilesRun(@TempDir Path folder) {
    var model = new Sequential(new Linear(4, 4, new SplittableRandom(1)));
    var other = new Sequential(new Linear(4, 4, new SplittableRandom(2)));
    Tensor x = Tensor.arange(DType.FLOAT32, 0, 8, 1).reshape(2, 4);
    Path arrays = folder.resolve("digits.npz");
    Tensor inputs = FilesSample.npz(x, Tensor.ofInts(1, 0), arrays);
    assertArrayEquals(x.toDoubleArray(), inputs.toDoubleArray());
    Tensor same = FilesSample.npy(x, folder.resolve("x.npy"));
    assertArrayEquals(x.toDoubleArray(), same.toDoubleArray());
    assertEquals(2, FilesSample.handOn(model, other, folder).size());
    assertArrayEquals(model.forward(x).toDoubleArray(), other.forward(x).toDoubleArray());
    FilesSample.safetensors(model, folder.resolve("same.safetensors"));
    assertArrayEquals(model.forward(x).toDoubleArray(), other.forward(x).toDoubleArray());
    FilesSample.events(model, 3, 0.5, folder.resolve("run"));
    assertEquals(1, folder.resolve("run").toFile().list().length);
  }

  @Test
  void theSampleOfAnOwnLayerHasItsParameters() {
    var model = new Sequential(new LayerSample.Gate(new Linear(4, 4)), new ReLU());
    assertEquals(
        List.of("0.linear.weight", "0.linear.bias"), List.copyOf(model.namedParameters().keySet()));
    assertEquals(4, model.forward(Tensor.ones(DType.FLOAT32, 2, 4)).shape().dim(1));
  }

  @Test
  void theSampleOfAStreamRecordsNothing() {
    var model = new Linear(4, 3);
    List<Tensor> batches = Collections.nCopies(8, Tensor.ones(DType.FLOAT32, 2, 4));
    List<Tensor> results = LayerSample.inParallel(model, batches);
    assertEquals(8, results.size());
    assertTrue(results.stream().noneMatch(Tensor::isTracked));
    assertTrue(model.forward(batches.getFirst()).isTracked());
  }

  @Test
  void theSampleOfAConvolutionalNetworkLearns() {
    double accuracy = LayerSample.convolutionalNetwork();
    assertTrue(accuracy > 0.6, () -> "accuracy " + accuracy);
  }

  @Test
  void theSampleOfAnOperationHoldsItsGradientCheck() {
    GradientCheck.of(new Diagonal()).order(2).verify(Tensor.of(1.0, -2.0, 0.5));
    Tensor matrix = Tensor.ones(DType.FLOAT64, 2, 2);
    String message =
        assertThrows(ShapeException.class, () -> new Diagonal().applyTo(matrix)).getMessage();
    assertEquals("diagonal: takes a vector, not [2, 2]", message);
  }

  @Test
  void theSampleLearnsExclusiveOr() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      ReadmeSample.main();
    } finally {
      System.setOut(before);
    }
    String text = printed.toString(StandardCharsets.UTF_8);
    Matcher numbers = Pattern.compile("\\[([0-9.eE+-]+)]").matcher(text);
    for (int expected : new int[] {0, 1, 1, 0}) {
      assertTrue(numbers.find(), text);
      assertEquals(expected, Math.round(Double.parseDouble(numbers.group(1))), text);
    }
  }
}
