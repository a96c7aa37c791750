package io.signalbox.client;

import io.signalbox.events.JobEvent;
import io.signalbox.events.connection.Connection;
import java.util.function.Consumer;

/** The producer that the README shows. */
final class ReadmeProducerExample {
  private ReadmeProducerExample() {}

  static void run(Connection connection, Consumer<JobEvent> show) {
    // @start region=readme
    try (SignalboxClient client = SignalboxClient.connect(connection)) {
      Job job =
          Job.named("caption-42")
              .task("detect", "vision.detect")
              .text("s3://pictures/42.jpg")
              .task("caption", "llm.caption")
              .after("detect")
              .build();
      client.run(job).doOnNext(show).blockLast();
    }
    // @end
  }
}
