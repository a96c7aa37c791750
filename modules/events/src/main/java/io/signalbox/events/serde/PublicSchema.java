package io.signalbox.events.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The schema of a generated class as it is registered: without the notes that Avro's generator left
 * in it for Java, so that producers in any language register the same one.
 */
final class PublicSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublicSchema() {}

  /** {@code schema} without notes for Java. */
  static Schema of(Schema schema) {
    try {
      JsonNode text = withoutNotes(JSON.readTree(schema.toString()));
      return new Schema.Parser().parse(text.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro writes its schemas in JSON", e);
    }
  }

  private static JsonNode withoutNotes(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withoutNotes(array.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      object.remove(GenericData.STRING_PROP);
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        // A default is data, whatever it looks like.
        if (!entry.getKey().equals("default")) {
          entry.setValue(withoutNotes(entry.getValue()));
        }
      }
      // {"type": "string"} says no more than "string".
      if (object.size() == 1 && object.path("type").isTextual()) {
        return object.get("type");
      }
    }
    return node;
  }
}
