package io.signalbox.engine.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.core.device.DeviceReport;
import io.signalbox.core.device.Quarantine;
import io.signalbox.core.device.Vitals;
import io.signalbox.core.pool.DeviceView;
import java.util.TreeMap;

/** A device as JSON. */
final class DeviceJson {
  private static final double MILLIS = 1e3;

  private DeviceJson() {}

  static ObjectNode of(String pool, DeviceView device) {
    DeviceReport report = device.report();
    long memory = report.memoryTotalBytes();
    Vitals vitals = report.vitals();
    Double latency = vitals.ioLatencySeconds();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pool", pool)
        .put("device", report.id())
        .put("class", report.deviceClass())
        .put("state", report.state().name())
        .put("drained", device.drained())
        .put("healthy", report.healthy())
        .put("slots", report.slots())
        .put("prefetch", report.prefetch())
        .put("linkedOffers", report.linkedOffers())
        .put("running", device.running())
        .put("offered", device.offered())
        .put("completed", device.completed())
        .put("slowness", device.slowness())
        .put("load", report.load())
        .put("memoryTotalBytes", memory == 0 ? null : (Long) memory)
        .put("memoryFreeBytes", vitals.memoryFreeBytes())
        .put("ioLatencyMillis", latency == null ? null : (Double) (latency * MILLIS))
        .put("powerWatts", vitals.powerWatts())
        .put("weight", device.weight())
        .put("incarnation", report.incarnation())
        .put("lastHeard", JobJson.time(device.lastHeard()));
    Quarantine quarantine = device.quarantine();
    if (quarantine != null) {
      json.putObject("quarantine")
          .put("reason", quarantine.reason().name())
          .put("since", JobJson.time(quarantine.since()))
          .put("probeAt", JobJson.time(quarantine.probeAt()));
    }
    DeviceView.Rescheduled rescheduled = device.rescheduled();
    if (rescheduled != null) {
      json.putObject("rescheduled")
          .put("trigger", rescheduled.order().trigger().name())
          .put("observed", rescheduled.order().observed())
          .put("threshold", rescheduled.order().threshold())
          .put("at", JobJson.time(rescheduled.at()))
          .put("offers", rescheduled.offers());
    }
    json.put("zone", report.zone());
    ObjectNode labels = json.putObject("labels");
    new TreeMap<>(report.labels()).forEach(labels::put);
    report.lanes().forEach(json.putArray("lanes")::add);
    return json;
  }
}
