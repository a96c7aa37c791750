package io.signalbox.cli.command;

import io.signalbox.cli.cluster.DeadLetter;
import io.signalbox.cli.cluster.DeadLetterTopic;
import io.signalbox.cli.output.CommandFailure;
import io.signalbox.cli.output.Console;
import io.signalbox.cli.output.Output;
import io.signalbox.cli.output.Table;
import io.signalbox.cli.settings.ClusterOptions;
import io.signalbox.cli.settings.CommonOptions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the engine couldn't use, and sends it once more. */
@Command(
    name = "dead-letters",
    description =
        "Lists the records that the engine couldn't use, with the reasons; shows one; or sends some"
            + " back to where they came from, once what was wrong has been repaired.%n",
    footer = {
      "",
      "Examples:",
      "  signalbox dead-letters list --reason \"isn't served\"",
      "  signalbox dead-letters show 0:17",
      "  signalbox dead-letters replay 0:17 0:18",
      "  signalbox dead-letters replay --reason \"schema id 12\"",
      "",
      "A replayed record stays among the dead letters, and comes to them anew if it is still bad.",
      "Exit code 1 when no broker answers, or a record isn't there or can't be sent back."
    })
public final class DeadLettersCommand implements Callable<Integer> {
  private static final int SHOWN_BYTES = 256;

  /** What is done with them. */
  enum Action {
    LIST,
    SHOW,
    REPLAY
  }

  @Mixin private final CommonOptions common;
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Parameters(index = "0", paramLabel = "list|show|replay", description = "What to do.")
  private Action action = Action.LIST;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PARTITION:OFFSET",
      description = "Which ones, as list names them.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Only those whose reason contains this.")
  private @Nullable String reason;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "At most so many, the newest ones. Default: ${DEFAULT-VALUE}.")
  private int limit = 100;

  /** A command that writes to the console. */
  public DeadLettersCommand(Console console) {
    this.common = new CommonOptions(console);
  }

  @Override
  public Integer call() {
    Output output = common.begin();
    if (limit < 1 || limit > 100_000) {
      throw CommandFailure.usage("--limit must be 1 to 100000, is " + limit);
    }
    if (action != Action.LIST && ids.isEmpty() && reason == null) {
      throw CommandFailure.usage("name the records as PARTITION:OFFSET, or give --reason");
    }
    for (String id : ids) {
      if (!id.matches("\\d{1,9}:\\d{1,18}")) {
        throw CommandFailure.usage("'" + id + "' isn't PARTITION:OFFSET, such as 0:17");
      }
    }
    DeadLetterTopic topic = new DeadLetterTopic(cluster.reachableBriefly());
    List<DeadLetter> letters = topic.newest(this::wanted, limit);
    missing(letters);
    switch (action) {
      case LIST -> list(letters, output);
      case SHOW -> letters.forEach(letter -> show(letter, output));
      case REPLAY -> {
        topic.replay(letters);
        output.line("sent back: " + letters.size());
        output.json(Map.of("replayed", letters.stream().map(DeadLetter::id).toList()));
      }
    }
    return CommandFailure.OK;
  }

  private boolean wanted(DeadLetter letter) {
    String part = reason;
    return (ids.isEmpty() || ids.contains(letter.id()))
        && (part == null || letter.reason().contains(part));
  }

  private void missing(List<DeadLetter> letters) {
    List<String> missing = new ArrayList<>(ids);
    missing.removeAll(Set.copyOf(letters.stream().map(DeadLetter::id).toList()));
    if (!missing.isEmpty()) {
      throw CommandFailure.failed(
          "there is no such dead letter: %s; see signalbox dead-letters list"
              .formatted(String.join(", ", missing)));
    }
  }

  private static void list(List<DeadLetter> letters, Output output) {
    Table table = Table.of("id", "at", "topic", "place", "key", "bytes", "reason");
    for (DeadLetter letter : letters) {
      table.row(
          letter.id(),
          letter.at().toString(),
          letter.topic(),
          letter.place(),
          letter.key(),
          letter.value().length,
          letter.reason());
    }
    output.table(table, "no dead letters: every record could be used");
  }

  private static void show(DeadLetter letter, Output output) {
    byte[] value = letter.value();
    int shown = Math.min(SHOWN_BYTES, value.length);
    String hex = HexFormat.of().formatHex(value, 0, shown);
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("id", letter.id());
    all.put("at", letter.at().toString());
    all.put("topic", letter.topic());
    all.put("place", letter.place());
    all.put("key", letter.key());
    all.put("reason", letter.reason());
    all.put("bytes", value.length);
    all.put("hex", shown < value.length ? hex + "…" : hex);
    output.json(all);
    all.forEach((name, is) -> output.line("%-7s %s".formatted(name, is == null ? "-" : is)));
  }
}
