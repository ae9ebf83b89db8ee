package dev.lanegrad.examples.guide;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README, the guide and Javadoc show is what runs. */
class ReadmeTest {
  private static final Path README = GuidePages.README;
  private static final Path SAMPLES = Path.of("src", "test", "java", "dev", "lanegrad", "examples");
  private static final Pattern PAGE_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JAVADOC_BLOCK =
      Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL);

  @Test
  void everySampleInReadmeAndGuideIsCompiledHere() throws IOException {
    int found = 0;
    for (Path page : GuidePages.all()) {
      found += checkBlocks(PAGE_BLOCK, page);
    }
    int samples = found;
    assertTrue(samples >= 50, () -> samples + " samples");
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
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private static String withoutIndentation(String code) {
    return code.lines().map(String::strip).filter(l -> !l.isEmpty()).collect(joining("\n"));
  }

  @Test
  void theTableOfContentsHasEverySection() throws IOException {
    String readme = Files.readString(README);
    List<String> expected =
        Pattern.compile("(?m)^## (.*)$")
            .matcher(readme)
            .results()
            .map(section -> section.group(1))
            .map(title -> "- [" + title + "](#" + GuidePages.anchor(title) + ")")
            .toList();
    assertEquals(expected, readme.lines().filter(line -> line.startsWith("- [")).toList());
  }

  /** The project in consumer/outside, which the build compiles and runs, has the same lines. */
  @Test
  void theMavenSnippetIsWhatTheConsumerUses() throws IOException {
    Path consumer = Path.of("..", "consumer", "outside");
    String poms =
        withoutIndentation(
            Files.readString(consumer.resolve("pom.xml"))
                + Files.readString(consumer.resolve("classpath/pom.xml")));
    String version = version(Path.of("..", "pom.xml"));
    assertEquals(version, version(Path.of("..", "bom", "pom.xml")));
    Matcher snippet =
        Pattern.compile(
                "```xml\n(.*?</dependencyManagement>\n).*?(<dependency>.*?)\n</dep", Pattern.DOTALL)
            .matcher(GuidePages.text());
    for (int found = 0; found < 2; found++) { // in README and in the guide
      assertTrue(snippet.find());
      String managed = snippet.group(1).replace(version, "${lanegrad.version}");
      assertTrue(managed.contains("${lanegrad.version}"), managed);
      assertTrue(poms.contains(withoutIndentation(managed)), managed);
      assertTrue(poms.contains(withoutIndentation(snippet.group(2))), snippet.group(2));
    }
  }

  @Test
  void theBomHasEveryModuleThatIsInstalled() throws IOException {
    List<String> installed = new ArrayList<>();
    for (String module : all("<module>(.*?)</module>", Path.of("..", "pom.xml"))) {
      Path pom = Path.of("..", module, "pom.xml");
      if (!module.equals("bom") && !Files.readString(pom).contains("<maven.install.skip>")) {
        installed.add("lanegrad-" + module);
      }
    }
    List<String> managed = all("<artifactId>(.*?)</artifactId>", Path.of("..", "bom", "pom.xml"));
    assertEquals("lanegrad-bom", managed.getFirst());
    assertEquals(installed, managed.subList(1, managed.size()));
  }

  private static List<String> all(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String version(Path pom) throws IOException {
    Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(pom));
    assertTrue(version.find());
    return version.group(1);
  }

  /** The line itself, but that the jars are those of this test. */
  @Test
  @Tag("thorough")
  void jshellKnowsTheLibrary() throws IOException, InterruptedException {
    String line =
        GuidePages.text()
            .lines()
            .filter(text -> text.startsWith("jshell "))
            .findFirst()
            .orElseThrow();
    String jars = "$(printf '%s:' examples/target/lib/*.jar)";
    assertTrue(line.contains(jars), line);
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    String command =
        jdk + "/" + line.replace(jars, System.getProperty("java.class.path")) + " -s -";
    Process jshell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    try (PrintStream in = new PrintStream(jshell.getOutputStream(), true, StandardCharsets.UTF_8)) {
      in.println("import dev.lanegrad.autodiff.*;");
      in.println("System.out.println(Tensor.of(1.0, 2.0).mul(3));");
      in.println("System.out.println(KernelInfo.kernels());");
    }
    String printed = new String(jshell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, jshell.waitFor(), printed);
    assertTrue(printed.contains("Tensor([3., 6.], float64[2])"), printed);
    assertTrue(printed.contains("vector"), printed);
  }

  @Test
  void theSamplesOfPicturesAreWritten(@TempDir Path folder) throws IOException {
    PlotSample.curves(folder, new double[] {2, 1, 0.5});
    assertTrue(Files.readString(folder.resolve("loss.svg")).contains("cross entropy over step"));
    PlotSample.paths(folder, new double[] {-1, 0}, new double[] {1, 0});
    assertEquals(900, ImageIO.read(folder.resolve("paths.png").toFile()).getWidth());
  }

  @Test
  void theSamplesOfDrawingsRun(@TempDir Path folder) throws IOException {
    assertEquals(6, DrawingSample.view().value("g").item());
    assertEquals(12, DrawingSample.view().gradient("g").item());
    DrawingSample.graph(folder);
    assertTrue(Files.readString(folder.resolve("graph.svg")).contains(">gradient 12</text>"));
    DrawingSample.network(folder);
    assertTrue(Files.readString(folder.resolve("model.svg")).contains(">output [1, 10]</text>"));
    DrawingSample.confusion(folder, new double[][] {{9, 1}, {2, 8}});
    assertEquals(900, ImageIO.read(folder.resolve("confusion.png").toFile()).getWidth());
    DrawingSample.filters(folder, new double[][] {{-1, 8}}, new double[][] {{1, 1}});
    assertEquals(900, ImageIO.read(folder.resolve("filters.png").toFile()).getWidth());
  }

  @Test
  void theSamplesOfFunctionsRun() {
    Tensor x = Tensor.of(-1.0, 2.0);
    double sigmoid = 1 / (1 + Math.exp(1));
    assertArrayEquals(
        new double[] {-3, 2 / (1 + Math.exp(-2)) * 3},
        FunctionSample.ownFunction(x, Tensor.of(3.0)).toDoubleArray(),
        1e-12);
    assertEquals("float32[100, 10]", FunctionSample.types().toString());
    assertEquals(0, FunctionSample.kept(Tensor.of(1.0, 2).requiresGrad().add(1).sum()));
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
    assertTrue(FunctionSample.recycled(Tensor.zeros(DType.FLOAT32, 1_000)) >= 4_000);
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
