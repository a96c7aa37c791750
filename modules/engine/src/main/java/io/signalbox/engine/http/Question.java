package io.signalbox.engine.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked.
 *
 * @param uri path and query as they came, to be asked of other instances
 * @param path segments of the path, decoded
 * @param parameters the query's parameters
 */
record Question(String uri, List<String> path, Map<String, List<String>> parameters) {
  /**
   * @throws BadRequestException when the URI can't be taken apart
   */
  static Question of(String uri) {
    try {
      QueryStringDecoder decoder = new QueryStringDecoder(uri);
      List<String> path =
          List.of(decoder.path().split("/")).stream().filter(part -> !part.isEmpty()).toList();
      return new Question(uri, path, decoder.parameters());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("the address can't be read: " + e.getMessage(), "check its %");
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).map(List::getFirst);
  }

  /** True when only this instance shall answer. */
  boolean local() {
    return parameter("scope").filter("local"::equals).isPresent();
  }

  /**
   * @throws BadRequestException when there are other parameters than these
   */
  void allow(String... names) {
    Set<String> allowed = Set.of(names);
    for (String name : parameters.keySet()) {
      if (!allowed.contains(name) && !name.equals("scope")) {
        throw new BadRequestException(
            "unknown parameter '" + name + "'", "known here: " + String.join(", ", names));
      }
    }
  }

  /** How many entries to answer with, 1 to 10,000. */
  int limit(int standard) {
    String text = parameter("limit").orElse(Integer.toString(standard));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= 10_000) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // The same error as for a number out of range.
    }
    throw new BadRequestException("limit is '" + text + "'", "use a number from 1 to 10000");
  }
}
