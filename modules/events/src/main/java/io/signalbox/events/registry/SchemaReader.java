package io.signalbox.events.registry;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Turns a registry's answer into a schema, with the schemas that it refers to. */
final class SchemaReader {
  // References may refer on; what goes deeper than this is a circle.
  private static final int MAX_DEPTH = 16;

  private final RegistryHttp http;

  SchemaReader(RegistryHttp http) {
    this.http = http;
  }

  /**
   * The schema in {@code answer}; {@code what} names it in errors.
   *
   * @throws RegistryException with {@link RegistryException#INVALID_SCHEMA} when it isn't Avro
   */
  Schema read(JsonNode answer, String what) {
    // One parser for all: it knows the names of what it has read.
    return read(answer, what, new Schema.Parser().setValidateDefaults(false), 0);
  }

  private Schema read(JsonNode answer, String what, Schema.Parser parser, int depth) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw invalid(what, "it is of type " + type + ", not AVRO");
    }
    if (depth > MAX_DEPTH) {
      throw invalid(what, "its references go deeper than " + MAX_DEPTH);
    }
    for (JsonNode reference : answer.path("references")) {
      readReference(reference, parser, depth);
    }
    try {
      return parser.parse(answer.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw invalid(what, String.valueOf(e.getMessage()));
    }
  }

  private void readReference(JsonNode reference, Schema.Parser parser, int depth) {
    // Two schemas may refer to the same third one.
    if (parser.getTypes().containsKey(reference.path("name").asText())) {
      return;
    }
    String subject = reference.path("subject").asText();
    String path =
        "/subjects/"
            + RestSchemaRegistry.encode(subject)
            + "/versions/"
            + reference.path("version").asInt();
    read(http.get(path), "the reference to " + subject, parser, depth + 1);
  }

  private static RegistryException invalid(String what, String why) {
    return new RegistryException(
        RegistryException.INVALID_SCHEMA, "The registry's " + what + " can't be used: " + why);
  }
}
