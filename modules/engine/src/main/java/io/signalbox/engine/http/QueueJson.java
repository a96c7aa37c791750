package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.placement.Candidate;
import io.signalbox.core.placement.ClassState;
import io.signalbox.core.placement.QueueState;
import io.signalbox.core.placement.WaitReason;
import java.util.TreeMap;

/** A queued task's prospects as JSON: the policy, the reasons, the classes, the tasks before it. */
final class QueueJson {
  private QueueJson() {}

  static void of(ObjectNode json, QueueState queue, double now) {
    json.put("policy", queue.policy()).put("before", queue.before());
    ArrayNode reasons = json.putArray("reasons");
    queue.reasons().forEach(reason -> reasons.add(reason(reason, now)));
    ArrayNode classes = json.putArray("classes");
    for (ClassState state : queue.classes()) {
      ObjectNode entry = classes.addObject().put("class", state.deviceClass());
      ObjectNode devices = entry.putObject("devices");
      new TreeMap<>(state.devices()).forEach((standing, n) -> devices.put(standing.name(), n));
      entry.put(
          "probeAt",
          state.probeAt().isPresent() ? JobJson.time(state.probeAt().getAsDouble()) : null);
      state
          .first()
          .ifPresentOrElse(
              first -> entry.set("first", candidate(first, now)), () -> entry.putNull("first"));
    }
  }

  /** A device that was weighed; its score counts from the moment of the decision. */
  static ObjectNode candidate(Candidate candidate, double decidedAt) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("device", candidate.device())
        .put("class", candidate.deviceClass())
        .put("startsAt", JobJson.time(candidate.startsAt()))
        .put("predictedSeconds", candidate.predictedSeconds())
        .put("finishesAt", JobJson.time(candidate.finishesAt()))
        .put("scoreSeconds", candidate.score() - decidedAt);
  }

  private static ObjectNode reason(WaitReason reason, double now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return switch (reason) {
      case WaitReason.NoDevice none -> json.put("type", "NO_DEVICE");
      case WaitReason.LabelsUnmet unmet -> {
        json.put("type", "LABELS_UNMET");
        ObjectNode required = json.putObject("required");
        new TreeMap<>(unmet.required()).forEach(required::put);
        ObjectNode missing = json.putObject("missing");
        new TreeMap<>(unmet.missing()).forEach(missing::put);
        yield json;
      }
      case WaitReason.DevicesFull full ->
          json.put("type", "DEVICES_FULL").set("first", candidate(full.first(), now));
      case WaitReason.Reserved reserved ->
          json.put("type", "RESERVED").set("device", candidate(reserved.device(), now));
      case WaitReason.Bound bound ->
          json.put("type", "BOUND").put("device", bound.device()).put("before", bound.before());
      case WaitReason.Scheduled scheduled ->
          json.put("type", "SCHEDULED")
              .put("device", scheduled.device())
              .put("next", scheduled.next().toString())
              .put("before", scheduled.before());
      case WaitReason.OutOfSight far -> json.put("type", "OUT_OF_SIGHT").put("tasks", far.tasks());
      case WaitReason.TenantAhead ahead ->
          json.put("type", "TENANT_AHEAD")
              .put("tenant", ahead.tenant())
              .put("seconds", ahead.seconds());
      case WaitReason.KeptForHot kept -> {
        json.put("type", "KEPT_FOR_HOT")
            .put("class", kept.deviceClass())
            .put("slots", kept.slots());
        ObjectNode slots = json.putObject("kept");
        new TreeMap<>(kept.kept()).forEach(slots::put);
        yield json;
      }
      case WaitReason.NextLook next -> json.put("type", "NEXT_LOOK");
    };
  }
}
