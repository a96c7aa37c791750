package io.signalbox.devkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to the registry, taken apart.
 *
 * @param path its segments, decoded
 * @param query its parameters
 */
record RegistryRequest(String method, List<String> path, Map<String, String> query, byte[] body) {
  private static final int MAX_BODY_BYTES = 4 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  static RegistryRequest of(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw RegistryError.http(413, "The request is larger than " + MAX_BODY_BYTES + " bytes");
    }
    return new RegistryRequest(
        exchange.getRequestMethod(),
        segments(exchange.getRequestURI().getRawPath()),
        query(exchange.getRequestURI().getRawQuery()),
        body);
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        // In a path, unlike in a query, a plus sign is itself.
        .map(segment -> decode(segment.replace("+", "%2B")))
        .toList();
  }

  private static Map<String, String> query(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        parameters.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RegistryError.http(400, "Not a valid URL: " + text);
    }
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  /** The Avro schema that the body carries in the registry's envelope. */
  Schema schema() {
    JsonNode envelope = json();
    String type = envelope.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryError.invalidSchema("this registry knows AVRO only, not " + type);
    }
    if (!envelope.path("references").isEmpty()) {
      throw RegistryError.invalidSchema(
          "this registry knows no references; put the referenced types into the schema");
    }
    String text = envelope.path("schema").asText("");
    if (text.isBlank()) {
      throw RegistryError.invalidSchema("Empty schema");
    }
    return Schemas.parse(text);
  }

  /** The compatibility level that the body carries. */
  CompatibilityLevel level() {
    JsonNode level = json().path("compatibility");
    if (!level.isTextual()) {
      throw RegistryError.invalidLevel();
    }
    return CompatibilityLevel.named(level.asText());
  }

  private JsonNode json() {
    try {
      JsonNode node = JSON.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw RegistryError.http(400, "The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw RegistryError.http(400, "The body can't be read: " + e.getMessage());
    }
    throw RegistryError.http(400, "The body must be a JSON object");
  }
}
