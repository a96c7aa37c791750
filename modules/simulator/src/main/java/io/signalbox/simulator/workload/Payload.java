package io.signalbox.simulator.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.core.job.Content;
import io.signalbox.core.pool.PoolSettings.Limits;
import io.signalbox.simulator.workload.Value.Mapping;
import io.signalbox.simulator.workload.Value.Member;
import io.signalbox.simulator.workload.Value.Scalar;
import io.signalbox.simulator.workload.Value.Sequence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a task's payload: text, JSON, base64 or where it lies. */
final class Payload {
  private static final List<String> FORMS = List.of("text", "json", "base64", "uri");
  private static final List<String> KEYS =
      List.of("text", "json", "base64", "uri", "contentType", "sizeBytes");
  private static final int LONGEST = Limits.DEFAULT.inlineBytes();
  private static final JsonFactory JSON = new JsonFactory();

  private Payload() {}

  /** The payload, or null after a problem was noted. */
  static @Nullable Content read(Place place) {
    if (!place.isMapping()) {
      String text = place.text();
      return text == null ? null : inline(place, "text/plain; charset=utf-8", utf8(text));
    }
    Section section = place.section("{json: {...}}");
    if (section == null) {
      return null;
    }
    section.allow(KEYS);
    List<String> given = FORMS.stream().filter(section::has).toList();
    if (given.size() != 1) {
      place.problem("give exactly one of text, json, base64 and uri");
      return null;
    }
    if (!given.contains("uri") && section.has("sizeBytes")) {
      place.problem("sizeBytes goes with uri only; remove it");
    }
    return form(section, given.getFirst());
  }

  private static @Nullable Content form(Section section, String form) {
    Place place = section.require(form, "the payload");
    if (place == null) {
      return null;
    }
    return switch (form) {
      case "text" -> {
        String text = place.text();
        yield text == null
            ? null
            : inline(place, type(section, "text/plain; charset=utf-8"), utf8(text));
      }
      case "json" -> {
        byte[] json = json(place);
        yield json == null ? null : inline(place, type(section, "application/json"), json);
      }
      case "base64" -> {
        byte[] bytes = base64(place);
        yield bytes == null
            ? null
            : inline(place, type(section, "application/octet-stream"), bytes);
      }
      default -> uri(section, place);
    };
  }

  private static @Nullable Content inline(Place place, String contentType, byte[] bytes) {
    if (bytes.length > LONGEST) {
      place.problem(tooLong(bytes.length + " bytes"));
      return null;
    }
    return Content.inline(contentType, bytes);
  }

  private static String tooLong(String size) {
    return "has %s; at most %d travel inline, give a uri instead".formatted(size, LONGEST);
  }

  private static String type(Section section, String otherwise) {
    Place place = section.get("contentType");
    String type = place == null ? otherwise : place.text();
    return type == null ? otherwise : type;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] base64(Place place) {
    String text = place.text();
    try {
      return text == null ? null : Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      place.problem("isn't base64 (RFC 4648 with padding): " + e.getMessage());
      return null;
    }
  }

  private static @Nullable Content uri(Section section, Place place) {
    String text = place.text();
    Place size = section.get("sizeBytes");
    OptionalLong bytes = size == null ? OptionalLong.of(0) : Quantity.bytes(size);
    if (text == null || bytes.isEmpty()) {
      return null;
    }
    try {
      if (new URI(text).isAbsolute()) {
        String type = type(section, "application/octet-stream");
        return behind(text, type, bytes.getAsLong());
      }
      place.problem(
          "is %s; give a URI with its scheme, such as s3://bucket/key"
              .formatted(Place.quoted(text)));
    } catch (URISyntaxException e) {
      place.problem("isn't a URI: " + e.getMessage());
    }
    return null;
  }

  // The checker reads no type annotation of an array out of another module's class files.
  @SuppressWarnings("NullAway")
  private static Content behind(String uri, String contentType, long sizeBytes) {
    return new Content(contentType, null, uri, sizeBytes);
  }

  private static byte @Nullable [] json(Place place) {
    BoundedBytes out = new BoundedBytes();
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      write(place.value(), generator);
    } catch (NumberFormatException e) {
      place.problem("holds a number that JSON can't: NaN or an infinite one");
      return null;
    } catch (IOException e) {
      place.problem(tooLong("more than " + LONGEST + " bytes"));
      return null;
    }
    return out.toByteArray();
  }

  private static void write(Value value, JsonGenerator out) throws IOException {
    switch (value) {
      case Mapping mapping -> {
        out.writeStartObject();
        for (Member member : mapping.members()) {
          out.writeFieldName(member.key());
          write(member.value(), out);
        }
        out.writeEndObject();
      }
      case Sequence sequence -> {
        out.writeStartArray();
        for (Value item : sequence.items()) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case Scalar scalar -> {
        switch (scalar.kind()) {
          case TEXT -> out.writeString(scalar.text());
          case NUMBER -> out.writeNumber(new BigDecimal(scalar.text()));
          case BOOLEAN -> out.writeBoolean(Boolean.parseBoolean(scalar.text()));
          case NULL -> out.writeNull();
        }
      }
    }
  }

  /**
   * Fails once the payload is too long, since aliases can make a small file stand for a big one.
   */
  private static final class BoundedBytes extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) throws IOException {
      if (bytes.size() + length > LONGEST) {
        throw new IOException("too long");
      }
      bytes.write(more, offset, length);
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
