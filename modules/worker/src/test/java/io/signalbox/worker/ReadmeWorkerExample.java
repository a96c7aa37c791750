package io.signalbox.worker;

import io.signalbox.events.connection.Connection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The worker that the README shows. */
final class ReadmeWorkerExample {
  private ReadmeWorkerExample() {}

  static SignalboxWorker start(Connection connection) {
    // @start region=readme
    SignalboxWorker worker =
        SignalboxWorker.builder(connection) // Connection.local(), or Connection.of(kafka, registry)
            .deviceId("gpu-1")
            .deviceClass("nvidia-a100")
            .slots(2)
            .handle("vision.detect", task -> detect(task.payload().text()).map(Result::json))
            .handleBlocking("llm.caption", task -> Result.text(caption(task.inputs())))
            .start();
    // @end
    return worker;
  }

  private static Mono<String> detect(String picture) {
    return Mono.just("{\"picture\":\"" + picture + "\",\"seen\":[\"cat\"]}");
  }

  private static String caption(Map<String, TaskData> inputs) {
    return "A picture of " + inputs.get("detect").text();
  }
}
