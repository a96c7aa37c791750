package io.signalbox.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.simulator.workload.Fleet.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  @TempDir Path folder;

  @Test
  void devicesAndNetworkAreRead() throws InvalidFileException {
    String json =
        """
        {"devices": [{"id": "b", "class": "gpu", "slots": 2, "prefetch": 0},
                     {"id": "a", "class": "cpu"}, {"id": "c", "class": "cpu", "slots": 3}],
         "network": {"bandwidthBytesPerSecond": 1000000000.0, "latencySeconds": 0.002}}
        """;
    Fleet fleet = Fleet.read(FileUnderTest.in(folder, "f.json", json).path());
    assertEquals(
        List.of(
            new Device("b", "gpu", 2, 0),
            new Device("a", "cpu", 1, 3),
            new Device("c", "cpu", 3, 3)),
        fleet.devices());
    assertEquals(new Network(1e9, 0.002), fleet.network());
    assertEquals(Map.of("cpu", 4, "gpu", 2), fleet.slotsByClass());
    assertEquals(Set.of("cpu", "gpu"), fleet.classes());
  }

  @Test
  void aTransferCostsLatencyAndBytesBetweenTwoDevices() {
    Network network = new Network(1e9, 0.002);
    assertEquals(0, network.transferSeconds(5_000, "a", "a"));
    assertEquals(0.502, network.transferSeconds(500_000_000, "a", "b"), 1e-12);
    assertEquals(0, Network.FREE.transferSeconds(500_000_000, "a", "b"));
  }

  @Test
  void anEmptyFleetIsRefused() {
    assertEquals(
        "f.yaml:1:10: devices: is empty; a fleet has at least one device", error("devices: []"));
    assertEquals(
        "f.yaml:1:1: \"devices\" is missing; give a list, such as [{id: cpu-0, class: cpu}]",
        error("network: {}"));
  }

  @Test
  void idsDifferAndClassesAreKnown() {
    assertEquals(
        """
        f.yaml:3:8: devices[1].id: another device has the id "a" already; ids must differ
        f.yaml:3:18: devices[1].class: unknown device class "cup"; did you mean "cpu"?\
        """,
        error("devices:\n- {id: a, class: cpu}\n- {id: a, class: cup}"));
  }

  @Test
  void slotsAreWholeNumbers() {
    assertEquals(
        "f.yaml:1:38: devices[0].slots: is 0; give a whole number from 1 to 10000",
        error("devices: [{id: a, class: cpu, slots: 0}]"));
    assertEquals(
        "f.yaml:1:41: devices[0].prefetch: is -1; give a whole number from 0 to 10000",
        error("devices: [{id: a, class: cpu, prefetch: -1}]"));
  }

  @Test
  void theNetworkIsFiniteAndMoves() {
    assertEquals(
        """
        f.yaml:2:36: network.bandwidthBytesPerSecond: is 0; give bytes per second greater than 0, such as 1e9 or 1GB
        f.yaml:2:55: network.latencySeconds: is .nan; give seconds of at least 0, such as 0.5, 2ms or 30s\
        """,
        error(
            "devices: [{id: a, class: cpu}]\n"
                + "network: {bandwidthBytesPerSecond: 0, latencySeconds: .nan}"));
  }

  private String error(String text) {
    return FileUnderTest.in(folder, "f.yaml", text)
        .error(file -> Fleet.read(file, Optional.of(Set.of("cpu", "gpu"))));
  }
}
