package io.signalbox.cli.settings;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which job a command of Kafka's side means: its topics are keyed by the pool. */
public final class JobOptions {
  @Parameters(index = "0", paramLabel = "JOB", description = "The job.")
  private String job = "";

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      defaultValue = "default",
      description = "Its pool. Default: default.")
  private String pool = "default";

  /** Id of the job. */
  public String job() {
    return job;
  }

  /** Its pool. */
  public String pool() {
    return pool;
  }
}
