package io.signalbox.worker;

import io.signalbox.reactive.RecordSender;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A device's way out: sends records in order and knows which aren't acknowledged yet. */
final class Outbox {
  private final RecordSender<String, SpecificRecord> sender;
  private final Serial serial;
  private final Consumer<Throwable> onError;
  private int pending;
  private Runnable onEmpty = () -> {};

  /**
   * For one device; all of it is used inside its steps.
   *
   * @param onError is told when a record is lost for good
   */
  Outbox(RecordSender<String, SpecificRecord> sender, Serial serial, Consumer<Throwable> onError) {
    this.sender = sender;
    this.serial = serial;
    this.onError = onError;
  }

  /**
   * Sends a record.
   *
   * @param acknowledged the step to take when all replicas have it
   */
  void send(ProducerRecord<String, SpecificRecord> record, Runnable acknowledged) {
    pending++;
    sender.send(record).subscribe(metadata -> serial.run(() -> sent(acknowledged)), onError);
  }

  private void sent(Runnable acknowledged) {
    pending--;
    acknowledged.run();
    if (pending == 0) {
      onEmpty.run();
    }
  }

  /** Takes a step as soon as everything is acknowledged, now if it is already. */
  void whenEmpty(Runnable step) {
    onEmpty = step;
    if (pending == 0) {
      step.run();
    }
  }
}
