package io.signalbox.simulator.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.signalbox.simulator.workload.Value.Kind;
import io.signalbox.simulator.workload.Value.Member;
import io.signalbox.simulator.workload.Value.Scalar;
import io.signalbox.simulator.workload.Value.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** Reads JSON into values that know their places. NaN is let in, to be refused by name later. */
final class JsonTree {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(2 * TreeBounds.DEPTH).build())
          .build();
  private static final Pattern SOURCE = Pattern.compile("\\[Source: [^;\\]]*; ");

  private final JsonParser parser;
  private final TreeBounds bounds = new TreeBounds();

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  static Value read(String text) throws SyntaxException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonTree(parser).document();
    } catch (JsonProcessingException e) {
      throw syntax(e);
    } catch (IOException e) {
      throw new UncheckedIOException("a string can't fail to be read", e);
    }
  }

  private Value document() throws IOException, SyntaxException {
    Value root = value(next());
    if (parser.nextToken() != null) {
      JsonLocation at = parser.currentTokenLocation();
      throw new SyntaxException(
          at.getLineNr(),
          at.getColumnNr(),
          "something follows the end of the JSON value; a file holds one value");
    }
    return root;
  }

  private JsonToken next() throws IOException, SyntaxException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      JsonLocation at = parser.currentLocation();
      throw new SyntaxException(at.getLineNr(), at.getColumnNr(), "not valid JSON: it ends early");
    }
    return token;
  }

  private Value value(JsonToken token) throws IOException, SyntaxException {
    JsonLocation at = parser.currentTokenLocation();
    int line = at.getLineNr();
    int column = at.getColumnNr();
    bounds.count(1, line, column);
    return switch (token) {
      case START_OBJECT -> object(line, column);
      case START_ARRAY -> array(line, column);
      case VALUE_STRING -> new Scalar(parser.getText(), Kind.TEXT, line, column);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(parser.getText(), Kind.BOOLEAN, line, column);
      case VALUE_NULL -> new Scalar("null", Kind.NULL, line, column);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar(parser.getText(), Kind.NUMBER, line, column);
      default -> throw new IllegalStateException("unexpected JSON token " + token);
    };
  }

  private Value object(int line, int column) throws IOException, SyntaxException {
    bounds.enter(line, column);
    List<Member> members = TreeBounds.list();
    while (next() != JsonToken.END_OBJECT) {
      JsonLocation at = parser.currentTokenLocation();
      String key = parser.currentName();
      members.add(new Member(key, value(next()), at.getLineNr(), at.getColumnNr()));
    }
    bounds.leave();
    return TreeBounds.mapping(members, line, column);
  }

  private Value array(int line, int column) throws IOException, SyntaxException {
    bounds.enter(line, column);
    List<Value> items = TreeBounds.list();
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      items.add(value(token));
    }
    bounds.leave();
    return new Sequence(List.copyOf(items), line, column);
  }

  private static SyntaxException syntax(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String text = SOURCE.matcher(e.getOriginalMessage()).replaceAll("[");
    return at == null
        ? new SyntaxException(0, 0, "not valid JSON: " + text)
        : new SyntaxException(at.getLineNr(), at.getColumnNr(), "not valid JSON: " + text);
  }
}
