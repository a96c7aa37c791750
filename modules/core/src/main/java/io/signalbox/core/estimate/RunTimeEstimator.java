package io.signalbox.core.estimate;

import io.signalbox.core.device.DeviceClass;
import io.signalbox.core.job.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts run times per operation, version and device class from what was observed, given and
 * known of the classes, and learns from every attempt.
 *
 * <p>In order of knowledge: samples of the operation on the class; samples on other classes, scaled
 * by the ratio of the task's own estimates, else of what was learned over all operations, else of
 * the classes' FP16 throughput; the task's own estimate, corrected by how such estimates erred so
 * far, for the class or scaled from another; and with nothing at all, a unit of work takes a second
 * on the slowest class and less on the others in proportion to throughput. Where there are samples
 * and estimates, they are blended by how well each predicted so far, so exact estimates stay exact
 * and useless ones fade.
 *
 * <p>Deterministic; questions allocate nothing. Not thread-safe.
 */
public final class RunTimeEstimator {
  private static final int MOST_OPERATIONS = 100_000;
  private static final double SHORTEST_SECONDS = 1e-6;

  /** Operations that are looked for by the identity of their names first; a power of two. */
  private static final int RECENT = 32;

  /** Classes that are looked for by the identity of their name first. */
  private static final int LISTED = 8;

  private final List<DeviceClass> classes;
  private final Map<String, Integer> classNumbers = new HashMap<>();
  private final String[] names;
  private final ClassSpeeds speeds;
  private final Predictor predictor;
  private final int mostOperations;
  // Two levels, so that a look-up needs no key object.
  private final Map<String, Map<String, OperationModel>> operations = new HashMap<>();
  private int operationCount;
  // What was found lately, by the operation's hash: the few operations of a job are asked for again
  // and again, by the same strings.
  private final @Nullable String[] askedOperations = new String[RECENT];
  private final @Nullable String[] askedVersions = new String[RECENT];
  private final @Nullable OperationModel[] found = new OperationModel[RECENT];
  private long clock;
  private final List<OperationModel> changed = new ArrayList<>();
  private final List<OperationModel> moved = new ArrayList<>();
  private final List<RunTime> dropped = new ArrayList<>();

  /** An estimator that knows nothing but the classes, of which there must be at least one. */
  public RunTimeEstimator(List<DeviceClass> classes) {
    this(classes, MOST_OPERATIONS);
  }

  /** One that remembers at most so many versions of operations. */
  RunTimeEstimator(List<DeviceClass> classes, int mostOperations) {
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("run times need at least one device class");
    }
    this.classes = List.copyOf(classes);
    this.mostOperations = mostOperations;
    this.names = this.classes.stream().map(DeviceClass::name).toArray(String[]::new);
    for (DeviceClass deviceClass : this.classes) {
      classNumbers.put(deviceClass.name(), classNumbers.size());
    }
    speeds = new ClassSpeeds(this.classes);
    predictor = new Predictor(this.classes, speeds);
  }

  /**
   * Expected run time in seconds.
   *
   * @throws IllegalArgumentException when the class isn't one of the estimator's
   */
  public double seconds(Workload work, String deviceClass) {
    return seconds(work, classNumber(deviceClass));
  }

  private double seconds(Workload work, int deviceClass) {
    return Math.exp(predictor.logSeconds(work, find(work), times(work), deviceClass));
  }

  /**
   * The same, but kept with the task as long as it holds: for tasks that are asked about again and
   * again.
   */
  public double secondsKept(Workload work, String deviceClass) {
    int number = classNumber(deviceClass);
    double kept = work.foreseen() instanceof TaskTimes times ? times.secondsOn(number) : Double.NaN;
    return Double.isNaN(kept) ? secondsToKeep(work, number) : kept;
  }

  private double secondsToKeep(Workload work, int deviceClass) {
    double seconds = seconds(work, deviceClass);
    OperationModel operation = find(work);
    if (operation != null) {
      TaskTimes times = timesToKeep(work);
      boolean ownOnly = times.givenLogs.length == 0 && operation.isKnownOn(deviceClass);
      // Otherwise other operations' speeds have a say.
      if (ownOnly || times.isGivenEverywhere) {
        times.predicted(operation, deviceClass, seconds);
      }
    }
    return seconds;
  }

  /**
   * Expected run time in seconds on that of the classes on which it is least.
   *
   * @param allowed the classes; empty means any
   * @return infinity when none of them is the estimator's
   */
  public double fastestSeconds(Workload work, List<String> allowed) {
    OperationModel operation = find(work);
    TaskTimes times = times(work);
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < names.length; k++) {
      if (allowed.isEmpty() || allowed.contains(names[k])) {
        least = Math.min(least, predictor.logSeconds(work, operation, times, k));
      }
    }
    return Math.exp(least);
  }

  /** What is kept of a task's own estimates, or null when it has none. */
  private @Nullable TaskTimes times(Workload work) {
    return work.givenSecondsByClass().isEmpty() ? null : timesToKeep(work);
  }

  private TaskTimes timesToKeep(Workload work) {
    if (work.foreseen() instanceof TaskTimes known) {
      return known;
    }
    TaskTimes times = new TaskTimes(work.givenSecondsByClass(), List.of(names));
    work.foresee(times);
    return times;
  }

  /**
   * The run time in seconds that isn't exceeded with probability q, what isn't known included.
   *
   * @param q greater than 0, less than 1
   */
  public double quantileSeconds(Workload work, String deviceClass, double q) {
    return predict(work, deviceClass).quantileSeconds(q);
  }

  /** Attempts of the operation on the class that were learned from. */
  public long samples(Workload work, String deviceClass) {
    OperationModel known = find(work);
    ClassModel model = known == null ? null : known.classes[classNumber(deviceClass)];
    return model == null ? 0 : model.samples;
  }

  private Prediction predict(Workload work, String deviceClass) {
    return predictor.predict(work, find(work), times(work), classNumber(deviceClass));
  }

  /** Learns from an attempt that succeeded after so many seconds. */
  public void observe(Workload work, String deviceClass, double seconds) {
    check(work, deviceClass, seconds);
    OperationModel operation = findOrAdd(work.operation(), work.version());
    ClassModel model = operation.on(classNumber(deviceClass));
    double logSeconds = Math.log(Math.max(seconds, SHORTEST_SECONDS));
    model.observe(predictor.logOf(work.amount()), logSeconds, operation.exponent);
    Double given = work.givenSecondsByClass().get(deviceClass);
    if (given != null) {
      model.observeGiven(logSeconds - Math.log(given));
    }
    noteChange(operation, model);
  }

  /**
   * Learns from an attempt that had no result after so many seconds: it was stopped, or it still
   * runs. Tell it once per attempt, not at every look. Before there are samples on the class, this
   * says something only where it exceeds what was expected.
   */
  public void observeAtLeast(Workload work, String deviceClass, double seconds) {
    check(work, deviceClass, seconds);
    double logBound = Math.log(Math.max(seconds, SHORTEST_SECONDS));
    int number = classNumber(deviceClass);
    OperationModel known = find(work);
    ClassModel own = known == null ? null : known.classes[number];
    if (known != null && own != null && own.samples > 0) {
      own.observeLonger(Math.log(work.amount()), logBound, known.exponent);
      noteChange(known, own);
      return;
    }
    Prediction expected = predictor.predict(work, known, times(work), number);
    double deviation = Math.sqrt(expected.variance());
    double z = (logBound - expected.logMean()) / deviation;
    if (z > 0) {
      double likely = expected.logMean() + deviation * LogNormal.meanBeyond(z);
      OperationModel operation = findOrAdd(work.operation(), work.version());
      ClassModel model = operation.on(number);
      model.observe(Math.log(work.amount()), likely, operation.exponent);
      noteChange(operation, model);
    }
  }

  /** What is to be stored since this was asked last. */
  public List<RunTime> changedRunTimes() {
    List<RunTime> rows = new ArrayList<>();
    for (OperationModel operation : changed) {
      collect(operation, true, rows);
    }
    changed.clear();
    return rows;
  }

  /** Of what has changed since this was asked last, that of which there is notably more. */
  public List<RunTime> news() {
    List<RunTime> news = new ArrayList<>();
    for (OperationModel operation : changed) {
      for (int k = 0; k < classes.size(); k++) {
        ClassModel model = operation.classes[k];
        if (model != null && model.isChanged) {
          model.isChanged = false;
          if (model.isNews()) {
            model.toldSamples = model.samples;
            news.add(model.toRunTime(operation.key, classes.get(k).name()));
          }
        }
      }
    }
    changed.clear();
    return news;
  }

  /** What is no longer to be stored, since this was asked last: there were too many operations. */
  public List<RunTime> droppedRunTimes() {
    List<RunTime> rows = List.copyOf(dropped);
    dropped.clear();
    return rows;
  }

  /** Operations with a prediction that has moved by more than 5 % since they were named last. */
  public List<OperationKey> movedOperations() {
    List<OperationKey> keys = new ArrayList<>(moved.size());
    for (OperationModel operation : moved) {
      operation.name();
      keys.add(operation.key);
    }
    moved.clear();
    return keys;
  }

  /**
   * Takes back what {@link #changedRunTimes} gave out, in any order. A class that isn't served any
   * more is passed over.
   */
  public void restore(RunTime runTime) {
    Integer number = classNumbers.get(runTime.deviceClass());
    if (number != null) {
      OperationModel operation = findOrAdd(runTime.operation(), runTime.version());
      operation.classes[number] = ClassModel.of(runTime);
      operation.refresh();
      operation.name();
    }
  }

  /**
   * Takes over what was learned elsewhere, unless something was learned here.
   *
   * @return whether it was taken over
   */
  public boolean seed(RunTime runTime) {
    Integer number = classNumbers.get(runTime.deviceClass());
    if (number == null) {
      return false;
    }
    Map<String, OperationModel> versions = operations.get(runTime.operation());
    OperationModel known = versions == null ? null : versions.get(runTime.version());
    ClassModel own = known == null ? null : known.classes[number];
    if (own != null && own.samples > 0) {
      return false;
    }
    restore(runTime);
    OperationModel seeded = findOrAdd(runTime.operation(), runTime.version());
    noteChange(seeded, seeded.on(number));
    return true;
  }

  private void noteChange(OperationModel operation, ClassModel model) {
    operation.refresh();
    if (!model.isChanged) {
      model.isChanged = true;
      changed.add(operation);
    }
    if (!operation.isMoved && operation.hasMoved()) {
      operation.isMoved = true;
      moved.add(operation);
    }
  }

  private void collect(OperationModel operation, boolean onlyChanged, List<RunTime> rows) {
    for (int k = 0; k < classes.size(); k++) {
      ClassModel model = operation.classes[k];
      if (model != null && (model.isChanged || !onlyChanged)) {
        model.isChanged = false;
        rows.add(model.toRunTime(operation.key, classes.get(k).name()));
      }
    }
  }

  private @Nullable OperationModel find(Workload work) {
    String operation = work.operation();
    String version = work.version();
    int at = operation.hashCode() & (RECENT - 1);
    if (!isSame(operation, askedOperations[at]) || !isSame(version, askedVersions[at])) {
      Map<String, OperationModel> versions = operations.get(operation);
      found[at] = versions == null ? null : versions.get(version);
      askedOperations[at] = operation;
      askedVersions[at] = version;
    }
    return found[at];
  }

  /** Operations have come or gone. */
  private void forgetFound() {
    Arrays.fill(askedOperations, null);
    Arrays.fill(askedVersions, null);
    Arrays.fill(found, null);
  }

  private OperationModel findOrAdd(String name, String version) {
    Map<String, OperationModel> versions =
        operations.computeIfAbsent(name, key -> new HashMap<>(2));
    OperationModel operation = versions.get(version);
    if (operation == null) {
      operation = new OperationModel(new OperationKey(name, version), speeds, classes.size());
      versions.put(version, operation);
      operationCount++;
      forgetFound();
    }
    operation.lastUsed = ++clock;
    if (operationCount > mostOperations) {
      dropLeastUsed();
    }
    return operation;
  }

  /** Drops a sixteenth at once, so that the search for the least used is paid rarely. */
  private void dropLeastUsed() {
    operations.values().stream()
        .flatMap(versions -> versions.values().stream())
        .sorted(Comparator.comparingLong(operation -> operation.lastUsed))
        .limit(Math.max(1, mostOperations / 16))
        .toList()
        .forEach(this::drop);
  }

  private void drop(OperationModel operation) {
    operation.withdraw();
    collect(operation, false, dropped);
    forgetFound();
    changed.remove(operation);
    moved.remove(operation);
    Map<String, OperationModel> versions = operations.get(operation.key.operation());
    if (versions != null && versions.remove(operation.key.version()) != null) {
      operationCount--;
      if (versions.isEmpty()) {
        operations.remove(operation.key.operation());
      }
    }
  }

  private int classNumber(String deviceClass) {
    // Most names come from the settings, as the estimator's do.
    for (int k = 0; k < Math.min(LISTED, names.length); k++) {
      if (isSame(names[k], deviceClass)) {
        return k;
      }
    }
    Integer number = classNumbers.get(deviceClass);
    if (number == null) {
      throw new IllegalArgumentException(
          "device class '" + deviceClass + "' is unknown; known are " + classNumbers.keySet());
    }
    return number;
  }

  @SuppressWarnings("ReferenceEquality") // only a short cut
  private static boolean isSame(String name, @Nullable String other) {
    return name == other;
  }

  private static void check(Workload work, String deviceClass, double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "operation '%s' on class '%s': seconds must be >= 0 and finite, are %s"
              .formatted(work.operation(), deviceClass, seconds));
    }
  }
}
