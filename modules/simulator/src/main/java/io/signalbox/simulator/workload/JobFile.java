package io.signalbox.simulator.workload;

import io.signalbox.core.job.Admission;
import io.signalbox.core.job.JobHeader;
import io.signalbox.core.job.TaskSpec;
import io.signalbox.core.pool.PoolSettings.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the project's own job format: one job, or a list of jobs under {@code jobs}. */
final class JobFile {
  private static final String EXAMPLE = "{job: report, tasks: [{id: a, operation: ocr}]}";
  private static final List<String> FILE_KEYS = List.of("jobs", "defaults");
  private static final List<String> JOB_KEYS =
      List.of("job", "copies", "tenant", "deadline", "admission", "labels", "defaults", "tasks");
  private static final int MOST_TASKS = Limits.DEFAULT.liveTasks();
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d.*");
  private static final String DEADLINE_RULE =
      "seconds from submission, such as 90 or 2h, or an instant, such as 2030-01-31T10:00:00Z";

  private final Optional<Set<String>> knownClasses;
  private final List<JobPlan> plans = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long tasks;

  private JobFile(Optional<Set<String>> knownClasses) {
    this.knownClasses = knownClasses;
  }

  /** The jobs; not to be used if problems were noted. */
  static List<JobPlan> read(Place root, String name, Optional<Set<String>> knownClasses) {
    JobFile file = new JobFile(knownClasses);
    Section section = root.section(EXAMPLE);
    if (section == null) {
      return List.of();
    }
    if (section.has("devices")) {
      root.problem("this is a fleet, not a workload; give a file with jobs or tasks");
    } else if (section.has("jobs")) {
      file.jobs(section);
    } else {
      file.job(section.allow(JOB_KEYS), name, Defaults.NONE);
    }
    return file.plans;
  }

  private void jobs(Section section) {
    section.allow(FILE_KEYS);
    Defaults defaults = Defaults.read(section.get("defaults"), Defaults.NONE, knownClasses);
    Place list = section.require("jobs", "a list of jobs");
    List<Place> items = list == null ? List.of() : list.items("[" + EXAMPLE + "]");
    if (list != null && list.isEmptyList()) {
      list.problem("is empty; give at least one job");
    }
    for (Place item : items) {
      Section job = item.section(EXAMPLE);
      if (job != null) {
        job.allow(JOB_KEYS);
        job.require("job", "a name");
        job(job, "", defaults);
      }
    }
    defaults.refuseUnused();
  }

  private void job(Section section, String fallback, Defaults outer) {
    Place named = section.get("job");
    String name = named == null ? fallback : Names.name(named);
    JobHeader header = header(section);
    Double deadline = secondsFromSubmission(section.get("deadline"));
    Defaults defaults = Defaults.read(section.get("defaults"), outer, knownClasses);
    List<TaskSpec> specs = new TaskList(defaults, knownClasses).read(section);
    if (section.has("defaults")) {
      defaults.refuseUnused();
    }
    if (name != null && !name.isEmpty()) {
      Place place = named == null ? section.place() : named;
      copies(section, name).forEach(copy -> add(place, new JobPlan(copy, header, specs, deadline)));
    }
  }

  private void add(Place place, JobPlan plan) {
    if (!names.add(plan.job())) {
      place.problem(
          "another job is called \"%s\" already; names must differ".formatted(plan.job()));
    }
    plans.add(plan);
    boolean fitted = tasks <= MOST_TASKS;
    tasks += plan.tasks().size();
    if (fitted && tasks > MOST_TASKS) {
      place.problem(
          "the jobs so far have more than %d tasks; split the file".formatted(MOST_TASKS));
    }
  }

  /** The names of a job's copies; the name itself when the file asks for none. */
  private static List<String> copies(Section section, String name) {
    Place place = section.get("copies");
    if (place == null) {
      return List.of(name);
    }
    OptionalInt copies = Quantity.whole(place, 1, 100_000);
    int longest = Limits.DEFAULT.nameCharacters();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= copies.orElse(0); i++) {
      names.add(name + "-" + i);
    }
    if (!names.isEmpty() && names.getLast().length() > longest) {
      place.problem("makes names longer than %d characters; shorten the job's".formatted(longest));
    }
    return names;
  }

  private static JobHeader header(Section section) {
    Place tenant = section.get("tenant");
    String name = tenant == null ? null : Names.name(tenant);
    return new JobHeader(
        name == null ? JobHeader.DEFAULT.tenant() : name,
        instant(section.get("deadline")),
        admission(section.get("admission")),
        labels(section.get("labels")),
        null);
  }

  private static Admission admission(@Nullable Place place) {
    String text = place == null ? null : place.text();
    if (place == null || text == null) {
      return JobHeader.DEFAULT.admission();
    }
    for (Admission admission : Admission.values()) {
      if (admission.name().toLowerCase(Locale.ROOT).equals(text)) {
        return admission;
      }
    }
    place.problem("is %s; give enforce, warn or off".formatted(place.shown()));
    return JobHeader.DEFAULT.admission();
  }

  private static Map<String, String> labels(@Nullable Place place) {
    Map<String, String> labels = new TreeMap<>();
    Section section = place == null ? null : place.section("{team: search}");
    if (section != null) {
      section.forEach(entry -> {
        String text = entry.value().text();
        if (text != null) {
          labels.put(entry.key(), text);
        }
      });
    }
    return labels;
  }

  private static boolean isDate(Place place) {
    return place.value() instanceof Value.Scalar scalar && DATE.matcher(scalar.text()).matches();
  }

  private static @Nullable Double instant(@Nullable Place place) {
    if (place == null || !isDate(place)) {
      return null;
    }
    String text = place.text();
    try {
      Instant instant = OffsetDateTime.parse(text == null ? "" : text).toInstant();
      return instant.getEpochSecond() + instant.getNano() / 1e9;
    } catch (DateTimeException e) {
      place.problem("is %s; give %s".formatted(place.shown(), DEADLINE_RULE));
      return null;
    }
  }

  private static @Nullable Double secondsFromSubmission(@Nullable Place place) {
    if (place == null || isDate(place)) {
      return null;
    }
    OptionalDouble seconds = Quantity.positiveSeconds(place, DEADLINE_RULE);
    return seconds.isPresent() ? seconds.getAsDouble() : null;
  }
}
