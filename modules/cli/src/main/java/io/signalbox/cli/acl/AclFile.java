package io.signalbox.cli.acl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** What each role may do, from a file like {@code config/acls.yaml}. */
public final class AclFile {
  private static final ObjectMapper YAML = new YAMLMapper();

  private final Path file;
  private final String prefix;
  private final String application;

  private AclFile(Path file, String prefix, String application) {
    this.file = file;
    this.prefix = prefix;
    this.application = application;
  }

  private record Line(
      @Nullable String topic,
      @Nullable String group,
      @Nullable String transactionalId,
      @Nullable List<String> allow) {}

  /**
   * Reads the file.
   *
   * @param prefix of the topics, put in for <code>{prefix}</code>
   * @param application the engine's application id, put in for <code>{application}</code>
   * @return the rules by role, in the order of the file
   * @throws CommandFailure naming the place of what can't be used
   */
  public static Map<String, List<AclRule>> read(Path file, String prefix, String application) {
    return new AclFile(file, prefix, application).read();
  }

  private Map<String, List<AclRule>> read() {
    Map<String, List<AclRule>> roles = new LinkedHashMap<>();
    lines()
        .forEach((role, lines) -> {
          if (lines == null) {
            throw wrong(role, "the role has no lines");
          }
          List<AclRule> rules = new ArrayList<>();
          for (int i = 0; i < lines.size(); i++) {
            rules.addAll(rules(lines.get(i), role + ", line " + (i + 1) + " of the role"));
          }
          roles.put(role, rules);
        });
    return roles;
  }

  private Map<String, @Nullable List<Line>> lines() {
    try {
      return YAML.readValue(
          file.toFile(), new TypeReference<LinkedHashMap<String, @Nullable List<Line>>>() {});
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw CommandFailure.usage(file + ", line " + line + ": " + problem(e), e);
    } catch (IOException e) {
      throw CommandFailure.usage(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** What is wrong; the YAML parser's own message is a drawing of several lines. */
  private static String problem(JsonProcessingException e) {
    return e instanceof JacksonYAMLParseException
        ? "not valid YAML; check indentation and quotes"
        : e.getOriginalMessage();
  }

  private List<AclRule> rules(Line line, String place) {
    List<String> allowed = line.allow();
    if (allowed == null || allowed.isEmpty()) {
      throw wrong(place, "it needs 'allow', a list of operations");
    }
    ResourcePattern resource = resource(line, place);
    return allowed.stream().map(name -> new AclRule(resource, operation(name, place))).toList();
  }

  private ResourcePattern resource(Line line, String place) {
    String topic = line.topic();
    String group = line.group();
    String transactional = line.transactionalId();
    if (topic != null && group == null && transactional == null) {
      return pattern(ResourceType.TOPIC, topic);
    }
    if (group != null && topic == null && transactional == null) {
      return pattern(ResourceType.GROUP, group);
    }
    if (transactional != null && topic == null && group == null) {
      return pattern(ResourceType.TRANSACTIONAL_ID, transactional);
    }
    throw wrong(place, "it needs one of topic, group and transactionalId");
  }

  private ResourcePattern pattern(ResourceType type, String written) {
    String name = written.replace("{prefix}", prefix).replace("{application}", application);
    return name.endsWith("*") && name.length() > 1
        ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
        : new ResourcePattern(type, name, PatternType.LITERAL);
  }

  private AclOperation operation(String name, String place) {
    AclOperation operation = AclOperation.fromString(name.toUpperCase(Locale.ROOT));
    if (operation.isUnknown() || operation == AclOperation.ANY) {
      throw wrong(place, "there is no operation '" + name + "'");
    }
    return operation;
  }

  private CommandFailure wrong(String place, String what) {
    return CommandFailure.usage(file + ", " + place + ": " + what);
  }
}
