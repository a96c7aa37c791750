package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What the API answers.
 *
 * @param status HTTP status
 * @param contentType media type of the body
 * @param body the body
 */
record Answer(int status, String contentType, String body) {
  static Answer json(JsonNode body) {
    return json(200, body);
  }

  static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json", body + "\n");
  }

  static Answer error(int status, String error, String hint) {
    return json(
        status, JsonNodeFactory.instance.objectNode().put("error", error).put("hint", hint));
  }
}
