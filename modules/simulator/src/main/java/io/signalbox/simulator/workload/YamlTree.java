package io.signalbox.simulator.workload;

import io.signalbox.simulator.workload.Value.Kind;
import io.signalbox.simulator.workload.Value.Member;
import io.signalbox.simulator.workload.Value.Scalar;
import io.signalbox.simulator.workload.Value.Sequence;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * Reads YAML into values that know their places, from the parser's events: its own nodes would take
 * several times the memory. Anchors and aliases work, merge keys and tags don't.
 */
final class YamlTree {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final String TEXT_TAG = "tag:yaml.org,2002:str";

  private final Iterator<Event> events;
  private final TreeBounds bounds = new TreeBounds();
  private final Map<String, Anchored> anchors = new HashMap<>();

  private record Anchored(Value value, int values) {}

  private YamlTree(Iterator<Event> events) {
    this.events = events;
  }

  static Value read(String text) throws SyntaxException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      return new YamlTree(new Yaml(options).parse(new StringReader(text)).iterator()).document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      String problem = "not valid YAML: " + e.getProblem() + "; check indentation and quotes";
      throw mark == null
          ? new SyntaxException(0, 0, problem)
          : new SyntaxException(mark.getLine() + 1, mark.getColumn() + 1, problem);
    } catch (YAMLException e) {
      throw new SyntaxException(0, 0, "not valid YAML: " + e.getMessage());
    }
  }

  private Value document() throws SyntaxException {
    events.next(); // the stream's start
    if (events.next().is(ID.StreamEnd)) {
      throw new SyntaxException(0, 0, Document.EMPTY);
    }
    Value root = value(events.next());
    events.next(); // the document's end
    Event after = events.next();
    if (!after.is(ID.StreamEnd)) {
      throw at(after, "a second YAML document begins; a file holds one");
    }
    return root;
  }

  private Value value(Event event) throws SyntaxException {
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    int before = bounds.values();
    bounds.count(1, line(event), column(event));
    Value value =
        switch (event) {
          case MappingStartEvent start -> mapping(start);
          case SequenceStartEvent start -> sequence(start);
          case ScalarEvent scalar -> scalar(scalar);
          default -> throw new IllegalStateException("unexpected YAML event " + event);
        };
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      anchors.put(anchor, new Anchored(value, bounds.values() - before));
    }
    return value;
  }

  private Value aliased(AliasEvent alias) throws SyntaxException {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw at(alias, "no anchor &" + alias.getAnchor() + " stands before this alias");
    }
    bounds.count(anchored.values(), line(alias), column(alias));
    return anchored.value();
  }

  private Value mapping(MappingStartEvent start) throws SyntaxException {
    refuseTag(start, start.getTag());
    bounds.enter(line(start), column(start));
    List<Member> members = TreeBounds.list();
    for (Event key = events.next(); !key.is(ID.MappingEnd); key = events.next()) {
      if (!(key instanceof ScalarEvent scalar)) {
        throw at(key, "a key must be plain text");
      }
      String name = scalar.getValue();
      members.add(new Member(name, value(events.next()), line(key), column(key)));
    }
    bounds.leave();
    return TreeBounds.mapping(members, line(start), column(start));
  }

  private Value sequence(SequenceStartEvent start) throws SyntaxException {
    refuseTag(start, start.getTag());
    bounds.enter(line(start), column(start));
    List<Value> items = TreeBounds.list();
    for (Event item = events.next(); !item.is(ID.SequenceEnd); item = events.next()) {
      items.add(value(item));
    }
    bounds.leave();
    return new Sequence(List.copyOf(items), line(start), column(start));
  }

  private static Value scalar(ScalarEvent scalar) throws SyntaxException {
    boolean text = TEXT_TAG.equals(scalar.getTag());
    if (!text) {
      refuseTag(scalar, scalar.getTag());
    }
    Kind kind = text || !scalar.isPlain() ? Kind.TEXT : plainKind(scalar.getValue());
    return new Scalar(scalar.getValue(), kind, line(scalar), column(scalar));
  }

  /** YAML 1.2's core schema: no octal numbers by a leading 0, and yes and no are text. */
  private static Kind plainKind(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Kind.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Kind.BOOLEAN;
      default -> NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
    };
  }

  private static void refuseTag(Event event, @Nullable String tag) throws SyntaxException {
    if (tag != null && !tag.equals("!")) {
      throw at(event, "the tag " + tag + " has no meaning here; remove it");
    }
  }

  private static SyntaxException at(Event event, String text) {
    return new SyntaxException(line(event), column(event), text);
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  private static int column(Event event) {
    return event.getStartMark().getColumn() + 1;
  }
}
