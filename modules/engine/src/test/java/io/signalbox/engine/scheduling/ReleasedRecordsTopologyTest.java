package io.signalbox.engine.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.signalbox.events.Assignment;
import io.signalbox.events.CancelJob;
import io.signalbox.events.Control;
import io.signalbox.events.JobEvent;
import io.signalbox.events.JobEventType;
import io.signalbox.events.TasksSubmitted;
import io.signalbox.events.registry.Compatibility;
import io.signalbox.events.registry.SchemaRegistries;
import io.signalbox.events.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers, workers and operators of the first release (its schemas are in {@code
 * schemas/released}) are understood: a whole job by records as they write them.
 */
class ReleasedRecordsTopologyTest {
  private static final Path RELEASED =
      Path.of(System.getProperty("signalbox.root"), "schemas", "released", "0.1.0");
  private static final int HEADER = 5;

  @TempDir Path folder;

  private final Map<String, Schema> schemas = new HashMap<>();
  private int changed;
  private final SchemaRegistry registry = SchemaRegistries.inMemory("scheduler");

  private Schema released(String record) throws IOException {
    if (schemas.isEmpty()) {
      Schema.Parser parser = new Schema.Parser();
      for (String name :
          List.of(
              "Content", "TaskSpec", "TasksSubmitted", "TaskEvent", "DeviceTelemetry", "Control")) {
        schemas.put(name, parser.parse(RELEASED.resolve(name + ".avsc").toFile()));
      }
    }
    return schemas.get(record);
  }

  /** Sends what the first release would have written. */
  private void send(Scheduler scheduler, String topic, SpecificRecord value) {
    try {
      Schema schema = released(value.getSchema().getName());
      byte[] now = scheduler.bytes(topic, value);
      GenericRecord old =
          new GenericDatumReader<GenericRecord>(value.getSchema(), schema)
              .read(
                  null, DecoderFactory.get().binaryDecoder(now, HEADER, now.length - HEADER, null));
      registry.setCompatibility(topic + "-value", Compatibility.NONE);
      int id = registry.register(topic + "-value", schema);
      changed += ByteBuffer.wrap(now).getInt(1) == id ? 0 : 1;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array());
      var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(schema).write(old, encoder);
      scheduler.sendBytes(topic, "p", out.toByteArray(), new RecordHeaders());
      scheduler.tick();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aJobOfRecordsOfTheFirstReleaseRunsToItsEnd() {
    try (Scheduler scheduler = Scheduler.on(folder)) {
      send(
          scheduler,
          Scheduler.TOPICS.deviceTelemetry(),
          Records.heartbeat("p", "gpu-1", 0, scheduler.now()));
      send(
          scheduler,
          Scheduler.TOPICS.taskSubmitted(),
          Records.job("p", "j", scheduler.now(), "a", "b->a"));
      for (String task : List.of("a", "b")) {
        Assignment offer = scheduler.assignments().getFirst();
        assertEquals(task, offer.getTaskId());
        send(scheduler, Scheduler.TOPICS.taskEvents(), Records.started(offer, scheduler.now()));
        send(
            scheduler,
            Scheduler.TOPICS.taskEvents(),
            Records.completed(offer, scheduler.now(), "done"));
      }
      TasksSubmitted open =
          TasksSubmitted.newBuilder(Records.job("p", "open", scheduler.now(), "x->never"))
              .setSealed(false)
              .build();
      send(scheduler, Scheduler.TOPICS.taskSubmitted(), open);
      send(
          scheduler,
          Scheduler.TOPICS.control(),
          new Control("p", scheduler.now(), "me", new CancelJob("open", "enough")));
      List<String> ends = new ArrayList<>();
      for (JobEvent event : scheduler.jobEvents()) {
        if (event.getType() == JobEventType.JOB_SUCCEEDED
            || event.getType() == JobEventType.JOB_CANCELLED) {
          ends.add(event.getJob() + " " + event.getType());
        }
      }
      assertEquals(List.of("j JOB_SUCCEEDED", "open JOB_CANCELLED"), ends);
      assertEquals(List.of(), scheduler.deadLetters());
    }
    assertTrue(changed > 0, "some schema has changed since");
  }
}
