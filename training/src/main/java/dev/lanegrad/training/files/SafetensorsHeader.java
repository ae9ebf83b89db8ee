package dev.lanegrad.training.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: JSON that says for each tensor what it is and where it lies.
 *
 * @param metadata texts of whoever wrote the file
 * @param entries the tensors in the order of their bytes
 * @param byName the same, in the order of their names
 */
record SafetensorsHeader(
    Map<String, String> metadata, List<TensorEntry> entries, List<TensorEntry> byName) {
  static final int MAX_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";

  /** Deeper than any header: what is not known is skipped. */
  private static final int MAX_DEPTH = 1000;

  /** Names and numbers of any length that a header has room for, but no table of names seen. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .maxNumberLength(MAX_BYTES)
                  .build())
          .build();

  /**
   * Reads a header.
   *
   * @param dataBytes how many bytes follow it
   * @throws FormatException if it breaks a rule
   */
  static SafetensorsHeader read(Path path, InputStream in, long dataBytes) throws IOException {
    Reader text =
        new InputStreamReader(
            in,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser json = JSON.createParser(text)) {
      return new Parsing(path, json, dataBytes).header();
    } catch (CharacterCodingException e) {
      throw new FormatException(path + ": the header is not UTF-8", e);
    } catch (JacksonException e) {
      throw new FormatException(
          "%s: the header is not JSON: %s".formatted(path, e.getOriginalMessage()), e);
    }
  }

  /** One pass over the text. */
  private static final class Parsing {
    private final Path path;
    private final JsonParser json;
    private final long dataBytes;
    private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorEntry> entries = new ArrayList<>();
    private boolean hasMetadata;
    private long total;
    private long[] lastDimensions = new long[0];

    Parsing(Path path, JsonParser json, long dataBytes) {
      this.path = path;
      this.json = json;
      this.dataBytes = dataBytes;
    }

    SafetensorsHeader header() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw broken("the header is no JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals(METADATA)) {
          readMetadata();
        } else {
          entries.add(entry(name));
        }
      }
      if (json.nextToken() != null) {
        throw broken("more than one JSON object in the header");
      }
      return checked();
    }

    private void readMetadata() throws IOException {
      if (hasMetadata) {
        throw broken("%s occurs twice", METADATA);
      }
      hasMetadata = true;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw broken("%s is no JSON object", METADATA);
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw broken("%s: \"%s\" is no text", METADATA, key);
        }
        if (metadata.put(key, text(json.getText())) != null) {
          throw broken("%s has \"%s\" twice", METADATA, key);
        }
      }
    }

    private TensorEntry entry(String name) throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw broken("tensor \"%s\" is no JSON object", name);
      }
      ElementType type = null;
      long[] shape = null;
      long[] offsets = null;
      Set<String> others = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String member = json.currentName();
        json.nextToken();
        boolean isNew;
        switch (member) {
          case "dtype" -> {
            isNew = type == null;
            type = type(name);
          }
          case "shape" -> {
            isNew = shape == null;
            shape = numbers(name, member);
          }
          case "data_offsets" -> {
            isNew = offsets == null;
            offsets = numbers(name, member);
          }
          default -> {
            others = others == null ? new HashSet<>() : others;
            isNew = others.add(member);
            json.skipChildren();
          }
        }
        if (!isNew) {
          throw broken("tensor \"%s\" has \"%s\" twice", name, member);
        }
      }
      if (type == null || shape == null || offsets == null) {
        throw broken("tensor \"%s\" needs dtype, shape and data_offsets", name);
      }
      if (offsets.length != 2) {
        throw broken("tensor \"%s\": data_offsets has not two numbers", name);
      }
      return entry(name, type, shape, offsets[0], offsets[1]);
    }

    private TensorEntry entry(String name, ElementType type, long[] shape, long begin, long end) {
      if (Long.compareUnsigned(begin, end) > 0 || Long.compareUnsigned(end, dataBytes) > 0) {
        throw broken(
            "tensor \"%s\": data_offsets [%s, %s] are not within the %d bytes of data",
            name, Long.toUnsignedString(begin), Long.toUnsignedString(end), dataBytes);
      }
      long bytes = bytes(name, type, shape);
      if (bytes != end - begin) {
        throw broken(
            "tensor \"%s\": %s elements of shape %s take %s bytes, data_offsets [%d, %d] give %d",
            name,
            type,
            Elements.shapeText(shape),
            Long.toUnsignedString(bytes),
            begin,
            end,
            end - begin);
      }
      total += end - begin; // found before millions of entries that overlap take memory
      if (total > dataBytes) {
        throw broken("tensor \"%s\": overlaps with another one", name);
      }
      if (Arrays.equals(shape, lastDimensions)) {
        shape = lastDimensions;
      }
      lastDimensions = shape;
      return new TensorEntry(name, type, shape, begin, end);
    }

    private long bytes(String name, ElementType type, long[] shape) {
      long bits = 1;
      for (long factor : shape) {
        bits = times(name, shape, bits, factor);
      }
      bits = times(name, shape, bits, type.bits());
      if (bits % Byte.SIZE != 0) {
        throw broken(
            "tensor \"%s\": %s elements of shape %s do not fill whole bytes",
            name, type, Elements.shapeText(shape));
      }
      return bits >>> 3;
    }

    private long times(String name, long[] shape, long a, long b) {
      if (Math.unsignedMultiplyHigh(a, b) != 0) {
        throw broken(
            "tensor \"%s\": shape %s is larger than any file", name, Elements.shapeText(shape));
      }
      return a * b;
    }

    private ElementType type(String name) throws IOException {
      String label = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "no text";
      for (ElementType type : ElementType.values()) {
        if (type.name().equals(label)) {
          return type;
        }
      }
      throw broken(
          "tensor \"%s\": dtype is %s, not one of %s",
          name, label, Arrays.toString(ElementType.values()));
    }

    private long[] numbers(String name, String member) throws IOException {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw broken("tensor \"%s\": %s is no list", name, member);
      }
      long[] numbers = new long[4];
      int count = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number(name, member);
      }
      return Arrays.copyOf(numbers, count);
    }

    private long number(String name, String member) throws IOException {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
        try {
          String digits = json.getText();
          if (!digits.startsWith("-")) {
            return Long.parseUnsignedLong(digits);
          }
        } catch (NumberFormatException e) {
          // said below
        }
      }
      throw broken(
          "tensor \"%s\": %s has an element that is no whole number from 0 to 2^64 - 1",
          name, member);
    }

    /** Half of a pair of surrogates is no character; in names Jackson finds it. */
    private String text(String text) {
      if (!isText(text)) {
        throw broken("the header has half a character: \"%s\"", text);
      }
      return text;
    }

    private SafetensorsHeader checked() {
      List<TensorEntry> byName = new ArrayList<>(entries);
      byName.sort(Comparator.comparing(TensorEntry::name));
      for (int i = 1; i < byName.size(); i++) {
        if (byName.get(i).name().equals(byName.get(i - 1).name())) {
          throw broken("two tensors are called \"%s\"", byName.get(i).name());
        }
      }
      entries.sort(
          Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
      long end = 0;
      for (TensorEntry entry : entries) {
        if (entry.begin() != end) {
          throw broken(
              "tensor \"%s\": begins at %d of the data, and should where the one before ends, at"
                  + " %d",
              entry.name(), entry.begin(), end);
        }
        end = entry.end();
      }
      if (end != dataBytes) {
        throw broken("the tensors end at %d of %d bytes of data", end, dataBytes);
      }
      return new SafetensorsHeader(
          Collections.unmodifiableMap(metadata),
          Collections.unmodifiableList(entries),
          Collections.unmodifiableList(byName));
    }

    private FormatException broken(String message, Object... arguments) {
      return new FormatException(path + ": " + String.format(Locale.ROOT, message, arguments));
    }
  }

  static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isHighSurrogate(text.charAt(i))
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  @Nullable TensorEntry entry(String name) {
    int low = 0;
    int high = byName.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = byName.get(middle).name().compareTo(name);
      if (order == 0) {
        return byName.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** The text of the header, without the spaces after it. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> line : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(line.getKey(), line.getValue());
        }
        json.writeEndObject();
      }
      for (TensorEntry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", entry.type().name());
        json.writeFieldName("shape");
        json.writeArray(entry.dimensions(), 0, entry.dimensions().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text takes whatever is written", e);
    }
    return text.toString();
  }
}
