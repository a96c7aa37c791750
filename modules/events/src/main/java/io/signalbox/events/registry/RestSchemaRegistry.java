package io.signalbox.events.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** A schema registry that speaks Confluent's REST API, version 1. */
public final class RestSchemaRegistry implements SchemaRegistry {
  private static final List<Integer> NOT_SET =
      List.of(RegistryException.SUBJECT_NOT_FOUND, RegistryException.COMPATIBILITY_NOT_SET);

  private final RegistryHttp http;
  private final SchemaReader reader;

  /** A client with these settings; it connects when it is first asked. */
  public RestSchemaRegistry(RegistrySettings settings) {
    this(settings, Thread::sleep);
  }

  RestSchemaRegistry(RegistrySettings settings, RegistryHttp.Pause pause) {
    http = new RegistryHttp(settings, pause);
    reader = new SchemaReader(http);
  }

  @Override
  public int register(String subject, Schema schema) {
    return number(http.send("POST", subjectPath(subject) + "/versions", body(schema)), "id");
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return number(http.send("POST", subjectPath(subject), body(schema)), "id");
  }

  @Override
  public Schema schema(int id) {
    return reader.read(http.get("/schemas/ids/" + id), "schema id " + id);
  }

  @Override
  public RegisteredSchema latest(String subject) {
    JsonNode version = http.get(subjectPath(subject) + "/versions/latest");
    return new RegisteredSchema(
        subject,
        number(version, "version"),
        number(version, "id"),
        reader.read(version, "the latest version of " + subject));
  }

  @Override
  public List<String> incompatibilities(String subject, Schema schema) {
    try {
      JsonNode answer =
          http.send(
              "POST",
              "/compatibility" + subjectPath(subject) + "/versions/latest?verbose=true",
              body(schema));
      if (answer.path("is_compatible").asBoolean()) {
        return List.of();
      }
      List<String> reasons = texts(answer.path("messages"));
      return reasons.isEmpty() ? List.of("the registry gives no reason") : reasons;
    } catch (RegistryException e) {
      if (e.isNotFound()) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    http.send("PUT", "/config/" + encode(subject), body.put("compatibility", compatibility.name()));
  }

  @Override
  public Optional<Compatibility> compatibility(String subject) {
    try {
      JsonNode config = http.get("/config/" + encode(subject));
      return Optional.of(Compatibility.valueOf(config.path("compatibilityLevel").asText()));
    } catch (RegistryException e) {
      if (NOT_SET.contains(e.errorCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public List<String> subjects() {
    return texts(http.get("/subjects")).stream().sorted().toList();
  }

  private static ObjectNode body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }

  private static int number(JsonNode answer, String field) {
    JsonNode value = answer.path(field);
    if (!value.isInt()) {
      throw new RegistryException(
          200, "The registry's answer has no " + field + ": check " + RegistrySettings.URL);
    }
    return value.intValue();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String subjectPath(String subject) {
    return "/subjects/" + encode(subject);
  }

  /** A name as one segment of a path. */
  static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
