package io.signalbox.core.explanation;

import io.signalbox.core.device.Availability;
import io.signalbox.core.placement.Candidate;
import io.signalbox.core.placement.ClassState;
import io.signalbox.core.placement.QueueState;
import io.signalbox.core.placement.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is said of a queued task's prospects. */
final class QueueWording {
  private final QueueState queue;
  private final double now;

  QueueWording(QueueState queue, double now) {
    this.queue = queue;
    this.now = now;
  }

  /** Why it isn't placed. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    queue.reasons().forEach(reason -> reasons.add(reason(reason)));
    if (queue.before() > 0) {
      reasons.add(
          "%s%s in the queue of the policy %s before it."
              .formatted(
                  queue.before() >= QueueState.MOST_COUNTED ? "At least " : "",
                  Spoken.count(queue.before(), "task")
                      + (queue.before() == 1 ? " stands" : " stand"),
                  queue.policy()));
    }
    return reasons;
  }

  private String reason(WaitReason reason) {
    return switch (reason) {
      case WaitReason.NoDevice none ->
          queue.classes().stream().allMatch(state -> state.size() == 0)
              ? "There is no device of %s.".formatted(names())
              : "No device of %s can take it.".formatted(names());
      case WaitReason.LabelsUnmet unmet ->
          "It requires devices with %s, and no device of %s has %s."
              .formatted(
                  labels(unmet.required()),
                  names(),
                  unmet.missing().isEmpty() ? "all of these" : labels(unmet.missing()));
      case WaitReason.DevicesFull full -> "Every device that can run it is full.";
      case WaitReason.Reserved reserved ->
          "A slot of %s is reserved for it, to start %s: it should be done there %s, sooner than on any free device."
              .formatted(
                  place(reserved.device()),
                  Spoken.ahead(reserved.device().startsAt(), now),
                  Spoken.ahead(reserved.device().finishesAt(), now));
      case WaitReason.Bound bound ->
          "It is bound to %s%s."
              .formatted(
                  bound.device(),
                  bound.before() == 0
                      ? ", where its turn comes next"
                      : " behind " + Spoken.count(bound.before(), "task"));
      case WaitReason.Scheduled scheduled ->
          "The schedule has it on %s, where it is the turn of '%s'."
              .formatted(scheduled.device(), scheduled.next().task());
      case WaitReason.OutOfSight far ->
          "The policy looks at the first %s of the queue at a time."
              .formatted(Spoken.count(far.tasks(), "task"));
      case WaitReason.TenantAhead ahead ->
          "Tenant '%s' is ahead of its share by %s of work; others are served first."
              .formatted(ahead.tenant(), Spoken.span(ahead.seconds()));
      case WaitReason.KeptForHot kept ->
          "%s of %s are kept for hot operations (%s), and others hold the rest."
              .formatted(
                  Spoken.count(
                      kept.kept().values().stream().mapToInt(Integer::intValue).sum(), "slot"),
                  kept.deviceClass(),
                  String.join(", ", new TreeSet<>(kept.kept().keySet())));
      case WaitReason.NextLook next -> "Nothing stands in its way.";
    };
  }

  private static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(", "));
  }

  /** How the devices stand towards it, an item a class. */
  List<String> classes() {
    List<String> items = new ArrayList<>();
    for (ClassState state : queue.classes()) {
      if (state.size() > 0) {
        items.add(state(state));
      }
    }
    if (!items.isEmpty()) {
      items.addFirst("The devices that it may run on:");
    }
    return items;
  }

  private String state(ClassState state) {
    List<String> counts = new ArrayList<>();
    for (Availability availability : Availability.values()) {
      int count = state.count(availability);
      if (count > 0) {
        counts.add(String.format(Locale.ROOT, "%,d %s", count, adjective(availability)));
      }
    }
    String first = state.first().map(this::prospect).orElse("");
    return "- %s: %s%s".formatted(state.deviceClass(), String.join(", ", counts), first);
  }

  private String prospect(Candidate first) {
    String when = Spoken.ahead(first.startsAt(), now);
    return "; %s %s free %s and would need %s"
        .formatted(
            first.device(),
            when.equals("now") ? "is" : "should be",
            when,
            Spoken.span(first.predictedSeconds()));
  }

  private static String adjective(Availability availability) {
    return switch (availability) {
      case FREE -> "free";
      case FULL -> "full";
      case TOO_SMALL -> "with too little memory";
      case WITHOUT_LABEL -> "without a label that it requires";
      case RESTING -> "resting until the next heartbeat";
      case WITHOUT_LANE -> "without a lane";
      case UNHEALTHY -> "unhealthy";
      case QUARANTINED -> "in quarantine";
      case DRAINING -> "draining";
      case LOST -> "lost";
    };
  }

  /** What would start it. */
  String start() {
    return switch (queue.reasons().getFirst()) {
      case WaitReason.NoDevice none -> "It can start once " + remedies() + ".";
      case WaitReason.LabelsUnmet unmet ->
          "It can start once a device joins that has %s.".formatted(labels(unmet.required()));
      case WaitReason.DevicesFull full -> startWhenFree(full.first());
      case WaitReason.Reserved reserved ->
          "It starts when %s has a free slot, which should be %s."
              .formatted(
                  reserved.device().device(), Spoken.ahead(reserved.device().startsAt(), now));
      case WaitReason.Bound bound ->
          "It starts when its turn on %s comes.".formatted(bound.device());
      case WaitReason.Scheduled scheduled ->
          "It starts on %s after %s."
              .formatted(
                  scheduled.device(),
                  scheduled.before() == 0
                      ? "'" + scheduled.next().task() + "'"
                      : Spoken.count(scheduled.before(), "scheduled task"));
      case WaitReason.OutOfSight far -> "It can start once enough tasks before it have started.";
      case WaitReason.TenantAhead ahead ->
          "It can start once the other tenants have caught up, or have nothing to run.";
      case WaitReason.KeptForHot kept ->
          "It can start once another task leaves %s, or the hot operations have calmed down."
              .formatted(kept.deviceClass());
      case WaitReason.NextLook next -> "It starts when the queue is looked at next.";
    };
  }

  private String startWhenFree(Candidate first) {
    return "It can start once a slot is free%s; the first is expected on %s %s."
        .formatted(
            queue.before() > 0 ? " that no task before it takes" : "",
            place(first),
            Spoken.ahead(first.startsAt(), now));
  }

  private String remedies() {
    List<String> remedies = new ArrayList<>();
    if (any(Availability.DRAINING)) {
      remedies.add("a draining device is allowed to work again");
    }
    queue.classes().stream()
        .flatMapToDouble(state -> state.probeAt().stream())
        .min()
        .ifPresent(
            at -> remedies.add("a device in quarantine is tried again, " + Spoken.ahead(at, now)));
    if (any(Availability.UNHEALTHY)) {
      remedies.add("a device's health check passes");
    }
    if (any(Availability.RESTING) || any(Availability.WITHOUT_LANE) || any(Availability.LOST)) {
      remedies.add("a device is heard of again with a lane to read");
    }
    remedies.add(
        "a device of %s%s joins"
            .formatted(names(), any(Availability.TOO_SMALL) ? " with enough memory" : ""));
    return String.join(", or ", remedies);
  }

  private boolean any(Availability availability) {
    return queue.classes().stream().anyMatch(state -> state.count(availability) > 0);
  }

  private String names() {
    return queue.classes().stream()
        .map(ClassState::deviceClass)
        .collect(Collectors.joining(" or "));
  }

  private static String place(Candidate candidate) {
    return candidate.device() + " (" + candidate.deviceClass() + ")";
  }
}
