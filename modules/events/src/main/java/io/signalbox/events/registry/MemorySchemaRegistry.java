package io.signalbox.events.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** A schema registry in memory, for tests and for topologies that run without a broker. */
public final class MemorySchemaRegistry implements SchemaRegistry {
  private final Map<String, List<RegisteredSchema>> versions = new TreeMap<>();
  private final Map<String, Compatibility> compatibilities = new HashMap<>();
  private final List<Schema> schemas = new ArrayList<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    Optional<RegisteredSchema> known = find(subject, schema);
    if (known.isPresent()) {
      return known.get().id();
    }
    List<String> reasons = incompatibilities(subject, schema);
    if (!reasons.isEmpty()) {
      throw new RegistryException(
          RegistryException.INCOMPATIBLE_SCHEMA,
          "The schema of " + subject + " isn't compatible with its versions: " + reasons);
    }
    int id = idOf(schema);
    List<RegisteredSchema> all = versions.computeIfAbsent(subject, name -> new ArrayList<>());
    all.add(new RegisteredSchema(subject, all.size() + 1, id, schema));
    return id;
  }

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    requireVersions(subject);
    return find(subject, schema)
        .map(RegisteredSchema::id)
        .orElseThrow(() ->
            new RegistryException(
                RegistryException.SCHEMA_NOT_FOUND,
                subject + " hasn't got this schema of " + schema.getFullName()));
  }

  @Override
  public synchronized Schema schema(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new RegistryException(
          RegistryException.SCHEMA_NOT_FOUND, "The registry has no schema with id " + id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized RegisteredSchema latest(String subject) {
    List<RegisteredSchema> all = requireVersions(subject);
    return all.get(all.size() - 1);
  }

  @Override
  public synchronized List<String> incompatibilities(String subject, Schema schema) {
    List<Schema> old =
        versions.getOrDefault(subject, List.of()).stream().map(RegisteredSchema::schema).toList();
    return SchemaCheck.incompatibilities(
        compatibility(subject).orElse(Compatibility.BACKWARD), old, schema);
  }

  @Override
  public synchronized void setCompatibility(String subject, Compatibility compatibility) {
    compatibilities.put(subject, compatibility);
  }

  @Override
  public synchronized Optional<Compatibility> compatibility(String subject) {
    return Optional.ofNullable(compatibilities.get(subject));
  }

  @Override
  public synchronized List<String> subjects() {
    return List.copyOf(versions.keySet());
  }

  // One schema has one id, whatever the number of its subjects.
  private int idOf(Schema schema) {
    int index = schemas.indexOf(schema);
    if (index >= 0) {
      return index + 1;
    }
    schemas.add(schema);
    return schemas.size();
  }

  private Optional<RegisteredSchema> find(String subject, Schema schema) {
    return versions.getOrDefault(subject, List.of()).stream()
        .filter(version -> version.schema().equals(schema))
        .findFirst();
  }

  private List<RegisteredSchema> requireVersions(String subject) {
    List<RegisteredSchema> all = versions.get(subject);
    if (all == null) {
      throw new RegistryException(
          RegistryException.SUBJECT_NOT_FOUND, "The registry has no subject " + subject);
    }
    return all;
  }
}
