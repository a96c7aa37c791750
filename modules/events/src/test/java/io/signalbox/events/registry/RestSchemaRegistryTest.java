package io.signalbox.events.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestSchemaRegistryTest {
  private static final Schema TEXT = new Schema.Parser().parse("\"string\"");

  private final ScriptedServer server;
  private final SchemaRegistry registry;

  RestSchemaRegistryTest() throws IOException {
    server = new ScriptedServer();
    registry =
        new RestSchemaRegistry(
            RegistrySettings.of(Map.of("schema.registry.url", server.url() + "/")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSchemaIsRegisteredInConfluentsWords() {
    server.then(200, "{\"id\":7}");
    assertEquals(7, registry.register("t-value", TEXT));
    assertEquals(
        List.of(
            new ScriptedServer.Request(
                "POST /subjects/t-value/versions",
                "{\"schema\":\"\\\"string\\\"\"}",
                Optional.empty(),
                Optional.of("application/vnd.schemaregistry.v1+json"))),
        server.requests);
  }

  @Test
  void idsVersionsAndSubjectsAreRead() {
    server
        .then(200, "{\"subject\":\"s\",\"id\":3,\"version\":2,\"schema\":\"\\\"string\\\"\"}")
        .then(200, "{\"schema\":\"\\\"string\\\"\"}")
        .then(200, "{\"subject\":\"s\",\"id\":3,\"version\":2,\"schema\":\"\\\"string\\\"\"}")
        .then(200, "[\"b\",\"a\"]");
    assertEquals(3, registry.idOf("s", TEXT));
    assertEquals(TEXT, registry.schema(3));
    assertEquals(new RegisteredSchema("s", 2, 3, TEXT), registry.latest("s"));
    assertEquals(List.of("a", "b"), registry.subjects());
    assertEquals(
        List.of(
            "POST /subjects/s",
            "GET /schemas/ids/3",
            "GET /subjects/s/versions/latest",
            "GET /subjects"),
        lines());
  }

  @Test
  void aNameIsOneSegmentOfThePath() {
    server.then(200, "{\"id\":1}");
    registry.register("a/b c-value", TEXT);
    assertEquals(List.of("POST /subjects/a%2Fb%20c-value/versions"), lines());
  }

  @Test
  void compatibilityIsAskedAndSet() {
    server
        .then(200, "{\"is_compatible\":true}")
        .then(200, "{\"is_compatible\":false,\"messages\":[\"why\"]}")
        .then(404, "{\"error_code\":40401,\"message\":\"no subject\"}")
        .then(200, "{\"compatibility\":\"FULL\"}")
        .then(200, "{\"compatibilityLevel\":\"FULL\"}")
        .then(404, "{\"error_code\":40408,\"message\":\"not set\"}");
    assertEquals(List.of(), registry.incompatibilities("s", TEXT));
    assertEquals(List.of("why"), registry.incompatibilities("s", TEXT));
    assertEquals(List.of(), registry.incompatibilities("new", TEXT));
    registry.setCompatibility("s", Compatibility.FULL);
    assertEquals(Optional.of(Compatibility.FULL), registry.compatibility("s"));
    assertEquals(Optional.empty(), registry.compatibility("s"));
    assertEquals("PUT /config/s", lines().get(3));
    assertEquals("{\"compatibility\":\"FULL\"}", server.requests.get(3).body());
  }

  @Test
  void aSchemaMayReferToOthers() {
    String reference = "{\"name\":\"n.B\",\"subject\":\"b\",\"version\":4}";
    server
        .then(
            200,
            "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"n.B\\\"}\","
                + "\"references\":["
                + reference
                + "]}")
        .then(
            200,
            "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"n.B\\\",\\\"size\\\":2}\"}");
    assertEquals("n.B", registry.schema(9).getElementType().getFullName());
    assertEquals(List.of("GET /schemas/ids/9", "GET /subjects/b/versions/4"), lines());
  }

  @Test
  void whatIsntAvroIsRefused() {
    server
        .then(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"x\"}")
        .then(200, "{\"schema\":\"{no schema\"}");
    var protobuf = assertThrows(RegistryException.class, () -> registry.schema(1));
    assertEquals(RegistryException.INVALID_SCHEMA, protobuf.errorCode());
    assertTrue(protobuf.getMessage().contains("PROTOBUF"), protobuf.getMessage());
    var broken = assertThrows(RegistryException.class, () -> registry.schema(2));
    assertEquals(RegistryException.INVALID_SCHEMA, broken.errorCode());
  }

  @Test
  void errorCodesArePassedOnWithoutAnotherTry() {
    for (int code : List.of(40401, 40402, 40403, 42201, 409)) {
      int status = code > 1000 ? code / 100 : code;
      server.then(status, "{\"error_code\":" + code + ",\"message\":\"because\"}");
      var error = assertThrows(RegistryException.class, () -> registry.register("s", TEXT));
      assertEquals(code, error.errorCode());
      assertEquals("POST /subjects/s/versions: because (error " + code + ")", error.getMessage());
    }
    assertEquals(5, server.requests.size());
  }

  @Test
  void anAddressThatIsNoRegistrySaysSo() {
    server.then(200, "<html>hello</html>").then(404, "<html>nothing here</html>");
    var hello = assertThrows(RegistryException.class, () -> registry.schema(1));
    assertTrue(hello.getMessage().contains("check schema.registry.url"), hello.getMessage());
    var nothing = assertThrows(RegistryException.class, () -> registry.schema(1));
    assertEquals(false, nothing.isNotFound());
    assertTrue(nothing.getMessage().contains("check the path"), nothing.getMessage());
  }

  private List<String> lines() {
    return server.requests.stream().map(ScriptedServer.Request::line).toList();
  }
}
