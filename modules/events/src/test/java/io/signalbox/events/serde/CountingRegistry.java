package io.signalbox.events.serde;

import io.signalbox.events.registry.Compatibility;
import io.signalbox.events.registry.MemorySchemaRegistry;
import io.signalbox.events.registry.RegisteredSchema;
import io.signalbox.events.registry.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry in memory that counts what it is asked. */
final class CountingRegistry implements SchemaRegistry {
  final AtomicInteger registrations = new AtomicInteger();
  final AtomicInteger lookUps = new AtomicInteger();
  private final SchemaRegistry memory = new MemorySchemaRegistry();

  @Override
  public int register(String subject, Schema schema) {
    registrations.incrementAndGet();
    return memory.register(subject, schema);
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return memory.idOf(subject, schema);
  }

  @Override
  public Schema schema(int id) {
    lookUps.incrementAndGet();
    return memory.schema(id);
  }

  @Override
  public RegisteredSchema latest(String subject) {
    return memory.latest(subject);
  }

  @Override
  public List<String> incompatibilities(String subject, Schema schema) {
    return memory.incompatibilities(subject, schema);
  }

  @Override
  public void setCompatibility(String subject, Compatibility compatibility) {
    memory.setCompatibility(subject, compatibility);
  }

  @Override
  public Optional<Compatibility> compatibility(String subject) {
    return memory.compatibility(subject);
  }

  @Override
  public List<String> subjects() {
    return memory.subjects();
  }
}
