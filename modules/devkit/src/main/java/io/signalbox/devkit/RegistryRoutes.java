package io.signalbox.devkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Confluent's Schema Registry REST API, version 1: which path does what. */
final class RegistryRoutes {
  private static final String ANY = "*";

  private final Schemas schemas;
  private final List<Route> routes = new ArrayList<>();

  /** Path parameters and the request, to what is sent back as JSON. */
  private interface Action extends BiFunction<List<String>, RegistryRequest, Object> {}

  private record Route(String method, List<String> template, Action action) {
    boolean fits(List<String> path) {
      if (path.size() != template.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!template.get(i).equals(ANY) && !template.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    List<String> parameters(List<String> path) {
      List<String> parameters = new ArrayList<>();
      for (int i = 0; i < path.size(); i++) {
        if (template.get(i).equals(ANY)) {
          parameters.add(path.get(i));
        }
      }
      return parameters;
    }
  }

  RegistryRoutes(Schemas schemas) {
    this.schemas = schemas;
    subjects();
    schemas();
    compatibility();
    config();
    on("GET", "/", (p, request) -> Map.of());
    on("GET", "/mode", (p, request) -> Map.of("mode", "READWRITE"));
    on("GET", "/mode/*", (p, request) -> mode(p.get(0), request));
  }

  /** Answers a request with what is to be written as JSON. */
  Object answer(RegistryRequest request) {
    List<Route> onPath = routes.stream().filter(route -> route.fits(request.path())).toList();
    if (onPath.isEmpty()) {
      throw RegistryError.http(404, "HTTP 404 Not Found");
    }
    for (Route route : onPath) {
      if (route.method().equals(request.method())) {
        return route.action().apply(route.parameters(request.path()), request);
      }
    }
    throw RegistryError.http(405, "HTTP 405 Method Not Allowed");
  }

  private void on(String method, String path, Action action) {
    List<String> template =
        path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    routes.add(new Route(method, template, action));
  }

  private void subjects() {
    on("GET", "/subjects", (p, r) -> named(r));
    on(
        "POST",
        "/subjects/*",
        (p, r) -> described(schemas.lookUp(p.get(0), r.schema(), deleted(r))));
    on("DELETE", "/subjects/*", (p, r) -> schemas.deleteSubject(p.get(0), r.flag("permanent")));
    on("GET", "/subjects/*/versions", (p, r) -> schemas.versions(p.get(0), deleted(r)));
    on(
        "POST",
        "/subjects/*/versions",
        (p, r) -> Map.of("id", schemas.register(p.get(0), r.schema())));
    on("GET", "/subjects/*/versions/*", (p, r) -> described(version(p, r)));
    on("GET", "/subjects/*/versions/*/schema", (p, r) -> new RawJson(version(p, r).schema()));
    on("GET", "/subjects/*/versions/*/referencedby", (p, r) -> referencedBy(p, r));
    on(
        "DELETE",
        "/subjects/*/versions/*",
        (p, r) -> schemas.deleteVersion(p.get(0), VersionRef.of(p.get(1)), r.flag("permanent")));
  }

  private void schemas() {
    on("GET", "/schemas/types", (p, r) -> List.of("AVRO"));
    on("GET", "/schemas/ids/*", (p, r) -> Map.of("schema", withId(p).getFirst().schema()));
    on("GET", "/schemas/ids/*/schema", (p, r) -> new RawJson(withId(p).getFirst().schema()));
    on(
        "GET",
        "/schemas/ids/*/subjects",
        (p, r) -> {
          SortedSet<String> names = new TreeSet<>();
          listed(withId(p), r).forEach(version -> names.add(version.subject()));
          return names;
        });
    on(
        "GET",
        "/schemas/ids/*/versions",
        (p, r) ->
            listed(withId(p), r).stream()
                .map(version -> ordered("subject", version.subject(), "version", version.version()))
                .toList());
  }

  private void compatibility() {
    on(
        "POST",
        "/compatibility/subjects/*/versions",
        (p, r) -> verdict(r, schemas.conflicts(p.get(0), r.schema(), null)));
    on(
        "POST",
        "/compatibility/subjects/*/versions/*",
        (p, r) -> {
          VersionRef ref = VersionRef.of(p.get(1));
          Schema schema = r.schema();
          return verdict(r, schemas.conflicts(p.get(0), schema, ref));
        });
  }

  private void config() {
    on("GET", "/config", (p, r) -> shown(schemas.level(null, true)));
    on("PUT", "/config", (p, r) -> set(null, r));
    on("DELETE", "/config", (p, r) -> shown(schemas.resetLevel(null)));
    on("GET", "/config/*", (p, r) -> shown(schemas.level(p.get(0), r.flag("defaultToGlobal"))));
    on("PUT", "/config/*", (p, r) -> set(p.get(0), r));
    on("DELETE", "/config/*", (p, r) -> shown(schemas.resetLevel(p.get(0))));
  }

  private static boolean deleted(RegistryRequest request) {
    return request.flag("deleted");
  }

  private SortedSet<String> named(RegistryRequest request) {
    SortedSet<String> names = schemas.subjects(deleted(request));
    String prefix = request.query().get("subjectPrefix");
    if (prefix != null) {
      names.removeIf(name -> !name.startsWith(prefix));
    }
    return names;
  }

  private SchemaVersion version(List<String> parameters, RegistryRequest request) {
    VersionRef ref = VersionRef.of(parameters.get(1));
    return schemas.version(parameters.get(0), ref, deleted(request));
  }

  private List<Integer> referencedBy(List<String> parameters, RegistryRequest request) {
    version(parameters, request);
    // Without references nobody refers to anything.
    return List.of();
  }

  private List<SchemaVersion> withId(List<String> parameters) {
    try {
      return schemas.withId(Integer.parseInt(parameters.get(0)));
    } catch (NumberFormatException e) {
      throw RegistryError.http(404, "HTTP 404 Not Found");
    }
  }

  private static List<SchemaVersion> listed(List<SchemaVersion> versions, RegistryRequest request) {
    return versions.stream().filter(version -> deleted(request) || !version.deleted()).toList();
  }

  private static Map<String, Object> described(SchemaVersion version) {
    Map<String, Object> description =
        ordered("subject", version.subject(), "version", version.version());
    description.put("id", version.id());
    description.put("schema", version.schema());
    return description;
  }

  private static Map<String, Object> verdict(RegistryRequest request, List<String> conflicts) {
    Map<String, Object> verdict = new LinkedHashMap<>();
    verdict.put("is_compatible", conflicts.isEmpty());
    if (request.flag("verbose")) {
      verdict.put("messages", conflicts);
    }
    return verdict;
  }

  private Map<String, Object> set(@Nullable String subject, RegistryRequest request) {
    CompatibilityLevel level = request.level();
    schemas.setLevel(subject, level);
    return Map.of("compatibility", level.name());
  }

  private static Map<String, Object> shown(CompatibilityLevel level) {
    return Map.of("compatibilityLevel", level.name());
  }

  private static Map<String, Object> mode(String subject, RegistryRequest request) {
    if (!request.flag("defaultToGlobal")) {
      throw RegistryError.modeNotConfigured(subject);
    }
    return Map.of("mode", "READWRITE");
  }

  private static Map<String, Object> ordered(
      String name, Object value, String secondName, Object secondValue) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(name, value);
    map.put(secondName, secondValue);
    return map;
  }
}
