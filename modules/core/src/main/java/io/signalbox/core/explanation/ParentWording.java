package io.signalbox.core.explanation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of the parents a task waits for. */
final class ParentWording {
  private final double now;

  ParentWording(double now) {
    this.now = now;
  }

  /** "'a' (runs on gpu-1, done in 2 s) and 'b' (waits for parents of its own, …)". */
  String each(List<Parent> parents, int missing) {
    return Spoken.list(parents.stream().map(this::parent).toList(), missing);
  }

  private String parent(Parent parent) {
    String finish =
        parent.finishesAt().isEmpty()
            ? ""
            : ", should be done "
                + Spoken.ahead(parent.finishesAt().getAsDouble(), now)
                + (parent.device().isPresent() ? "" : " at the earliest");
    return "'" + parent.task() + "' (" + stands(parent) + finish + ")";
  }

  private static String stands(Parent parent) {
    String device = parent.device().orElse("a device");
    return switch (parent.stage()) {
      case UNDESCRIBED -> "not submitted yet";
      case WAITING -> "waits for parents of its own";
      case LINKED -> "follows its parent on " + device;
      case READY -> "waits for a device";
      case BACKING_OFF -> "waits after a failed attempt";
      case OFFERED -> "offered to " + device;
      case RUNNING -> "runs on " + device;
    };
  }

  /** What a parent that waits itself comes down to. */
  Optional<String> chain(List<Parent> critical) {
    if (critical.size() < 2) {
      return Optional.empty();
    }
    String middle =
        critical.subList(1, critical.size() - 1).stream()
            .map(parent -> "'" + parent.task() + "', that for ")
            .collect(Collectors.joining());
    return Optional.of(
        "Of these '%s' holds it up longest; it waits for %s%s."
            .formatted(critical.getFirst().task(), middle, parent(critical.getLast())));
  }

  /** What starts the task. */
  String start(Explanation.Waiting waiting) {
    Parent last = waiting.parents().getFirst();
    if (waiting.critical().stream().anyMatch(each -> each.stage() == Parent.Stage.UNDESCRIBED)) {
      String missing = waiting.critical().getLast().task();
      return "It can start once '" + missing + "' is submitted and all its parents have succeeded.";
    }
    boolean sure = waiting.parents().stream().allMatch(each -> each.device().isPresent());
    String when =
        last.finishesAt().isEmpty()
            ? ""
            : ", expected "
                + Spoken.ahead(last.finishesAt().getAsDouble(), now)
                + (sure ? "" : " at the earliest");
    if (waiting.linkedTo().isPresent()) {
      return "%s has its offer already and starts it the moment that '%s' has succeeded%s."
          .formatted(waiting.linkedTo().get(), last.task(), when);
    }
    String which = waiting.missing() == 1 ? "'" + last.task() + "'" : "the last of them";
    return "It can start once " + which + " has succeeded" + when + ".";
  }
}
