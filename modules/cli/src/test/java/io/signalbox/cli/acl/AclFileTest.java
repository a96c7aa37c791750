package io.signalbox.cli.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclFileTest {
  @TempDir private Path folder = Path.of("");

  private Map<String, List<AclRule>> read(String text) throws IOException {
    return AclFile.read(Files.writeString(folder.resolve("acls.yaml"), text), "p.", "app");
  }

  private void refused(String text, String place, String what) {
    var failure = assertThrows(CommandFailure.class, () -> read(text));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(place) && message.contains(what), message);
    assertEquals(CommandFailure.USAGE, failure.exitCode());
  }

  @Test
  void namesArePutInAndAStarIsAPrefix() throws IOException {
    assertEquals(
        Map.of(
            "reader",
            List.of(
                new AclRule(
                    new ResourcePattern(ResourceType.TOPIC, "p.control", PatternType.LITERAL),
                    AclOperation.READ),
                new AclRule(
                    new ResourcePattern(ResourceType.TOPIC, "p.control", PatternType.LITERAL),
                    AclOperation.WRITE),
                new AclRule(
                    new ResourcePattern(
                        ResourceType.TRANSACTIONAL_ID, "app-", PatternType.PREFIXED),
                    AclOperation.WRITE))),
        read(
            """
            reader:
              - {topic: "{prefix}control", allow: [READ, WRITE]}
              - {transactionalId: "{application}-*", allow: [WRITE]}
            """));
  }

  @Test
  void whatCantBeUsedIsNamedWithItsPlace() {
    refused("a: [{topic: t, allow: [REED]}]", "a, line 1", "'REED'");
    refused("a: [{topic: t}]", "a, line 1", "'allow'");
    refused("a: [{topic: t, group: g, allow: [READ]}]", "a, line 1", "one of topic");
    refused("a: [{allow: [READ]}]", "a, line 1", "one of topic");
    refused("a:\n  - {topick: t, allow: [READ]}", "line 2", "topick");
    refused("a: [", "line 1", "not valid YAML");
    refused("a:\n", "a", "no lines");
    refused("", "acls.yaml", "No content");
  }
}
