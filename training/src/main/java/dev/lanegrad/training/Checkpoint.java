package dev.lanegrad.training;

import dev.lanegrad.autodiff.LanegradException;
import dev.lanegrad.autodiff.Tensor;
import dev.lanegrad.optim.Optimizer;
import dev.lanegrad.training.files.AtomicFile;
import dev.lanegrad.training.files.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * All of a training at one moment, as the files of a folder.
 *
 * @param path of the folder
 * @param model its numbers
 * @param optimizers their numbers
 * @param training everything else
 * @param texts position and description of the data
 */
record Checkpoint(
    Path path,
    Map<String, Tensor> model,
    Map<String, Tensor> optimizers,
    Map<String, Tensor> training,
    Map<String, String> texts) {
  private static final String MANIFEST = "manifest.sha256";
  private static final String MODEL = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String TRAINING = "training.safetensors";
  private static final List<String> FILES = List.of(MODEL, OPTIMIZER, TRAINING);

  private static final String FORMAT = "format";
  private static final String VERSION = "lanegrad checkpoint 1";
  private static final String EPOCH = "epoch";
  private static final String BATCH = "batch";
  private static final String STEP = "step";
  private static final String LOSS = "loss";
  private static final String SECONDS = "seconds";
  private static final String DATA = "data";

  private static final String RUNNING = "running";
  private static final String HISTORY = "history";
  private static final String CALLBACKS = "callbacks";
  private static final String REMEMBERED = "remembered";

  /** A training as it is. */
  static Checkpoint of(TrainingRun run, Path path, String data) {
    SequencedMap<String, Tensor> optimizers = new LinkedHashMap<>();
    List<Optimizer> all = run.optimizers();
    for (int i = 0; i < all.size(); i++) {
      Names.put(optimizers, Integer.toString(i), all.get(i).stateDict());
    }
    SequencedMap<String, Tensor> training = new LinkedHashMap<>();
    Names.put(training, RUNNING, run.running().stateDict());
    Names.put(training, HISTORY, run.progress().points());
    callbacks(run).forEach((name, c) -> Names.put(training, name, c.stateDict()));
    run.remembered()
        .forEach((name, what) -> Names.put(training, REMEMBERED + "." + name, what.stateDict()));
    Progress.Position position = run.progress().position();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(FORMAT, VERSION);
    texts.put(EPOCH, Integer.toString(position.epoch()));
    texts.put(BATCH, Integer.toString(position.batch()));
    texts.put(STEP, Long.toString(position.step()));
    texts.put(LOSS, Double.toString(position.loss()));
    texts.put(SECONDS, Double.toString(position.seconds()));
    texts.put(DATA, data);
    return new Checkpoint(path, run.model().stateDict(), optimizers, training, texts);
  }

  /** Callbacks by names that do not change from run to run. */
  private static SequencedMap<String, Callback> callbacks(TrainingRun run) {
    SequencedMap<String, Callback> named = new LinkedHashMap<>();
    for (Callback callback : run.callbacks()) {
      String type = CALLBACKS + "." + callback.getClass().getSimpleName();
      String name = type;
      for (int i = 2; named.containsKey(name); i++) {
        name = type + "#" + i;
      }
      named.put(name, callback);
    }
    return named;
  }

  /** Writes the files into a folder that is there. */
  void writeTo(Path folder) throws IOException {
    Safetensors.write(model, folder.resolve(MODEL));
    Safetensors.write(optimizers, folder.resolve(OPTIMIZER));
    Safetensors.write(training, texts, folder.resolve(TRAINING));
    String manifest = manifest(folder);
    AtomicFile.write(folder.resolve(MANIFEST), manifest.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A line for each file: its SHA-256 sum, two spaces, its name. */
  private static String manifest(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String name : FILES) {
      lines.append(sha256(folder.resolve(name))).append("  ").append(name).append('\n');
    }
    return lines.toString();
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads a folder.
   *
   * @throws CheckpointException if a byte of it is not as it was written, or it is no checkpoint
   */
  static Checkpoint read(Path path) {
    verify(path);
    try {
      Safetensors training = Safetensors.read(path.resolve(TRAINING));
      Map<String, String> texts = training.metadata();
      if (!VERSION.equals(texts.get(FORMAT))) {
        throw new CheckpointException(
            "%s: is of the format \"%s\", and this version reads \"%s\""
                .formatted(path, texts.get(FORMAT), VERSION));
      }
      return new Checkpoint(
          path,
          Safetensors.read(path.resolve(MODEL)).tensors(),
          Safetensors.read(path.resolve(OPTIMIZER)).tensors(),
          training.tensors(),
          texts);
    } catch (CheckpointException e) {
      throw e;
    } catch (DataException e) {
      throw new CheckpointException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void verify(Path path) {
    Path manifest = path.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new CheckpointException(
          "%s: is no checkpoint, or not a whole one: has no file %s".formatted(path, MANIFEST));
    }
    try {
      String written = new String(Files.readAllBytes(manifest), StandardCharsets.ISO_8859_1);
      for (String name : FILES) {
        Path file = path.resolve(name);
        if (!Files.isRegularFile(file)) {
          throw new CheckpointException("%s: the file %s is missing".formatted(path, name));
        }
        if (!written.contains("%s  %s\n".formatted(sha256(file), name))) {
          throw new CheckpointException(
              "%s: %s is damaged: its SHA-256 sum is not the one in %s"
                  .formatted(path, name, MANIFEST));
        }
      }
      if (!written.equals(manifest(path))) {
        throw new CheckpointException(
            "%s: %s is damaged: has more than a line for each of %s"
                .formatted(path, MANIFEST, FILES));
      }
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * Makes a training what it was.
   *
   * @throws CheckpointException if it is of another model, optimizer, metrics or callbacks; nothing
   *     has changed then
   */
  void restore(TrainingRun run) {
    Checkpoint now = of(run, path, text(DATA));
    try {
      load(run);
      run.resumedWith(text(DATA));
    } catch (IllegalArgumentException | LanegradException e) {
      now.load(run);
      throw new CheckpointException(
          "%s: is of another training: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void load(TrainingRun run) {
    run.model().loadStateDict(model);
    List<Optimizer> all = run.optimizers();
    if (!optimizers.isEmpty() && Names.under(optimizers, Integer.toString(all.size())).size() > 0) {
      throw new IllegalArgumentException("there are more optimizers than " + all.size());
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i).loadStateDict(Names.under(optimizers, Integer.toString(i)));
    }
    run.running().loadStateDict(Names.under(training, RUNNING));
    callbacks(run)
        .forEach(
            (name, callback) -> {
              Map<String, Tensor> state = Names.under(training, name);
              if (!state.isEmpty()) {
                callback.loadStateDict(state);
              }
            });
    run.remembered()
        .forEach(
            (name, what) -> what.loadStateDict(Names.under(training, REMEMBERED + "." + name)));
    run.progress().restore(position(), Names.under(training, HISTORY));
  }

  private Progress.Position position() {
    try {
      return new Progress.Position(
          Integer.parseInt(text(EPOCH)),
          Integer.parseInt(text(BATCH)),
          Long.parseLong(text(STEP)),
          Double.parseDouble(text(LOSS)),
          Double.parseDouble(text(SECONDS)));
    } catch (NumberFormatException e) {
      throw new CheckpointException("%s: its position is no number: %s".formatted(path, texts), e);
    }
  }

  private String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new CheckpointException(
          "%s: %s says nothing of its %s".formatted(path, TRAINING, name));
    }
    return text;
  }
}
