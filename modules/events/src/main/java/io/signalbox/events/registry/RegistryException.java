package io.signalbox.events.registry;

import org.apache.kafka.common.KafkaException;

/** The registry has answered, and its answer is no. Asking again doesn't help. */
public class RegistryException extends KafkaException {
  /** The registry doesn't know the subject. */
  public static final int SUBJECT_NOT_FOUND = 40401;

  /** The subject hasn't got such a version. */
  public static final int VERSION_NOT_FOUND = 40402;

  /** The registry doesn't know the schema. */
  public static final int SCHEMA_NOT_FOUND = 40403;

  /** The subject has no compatibility of its own. */
  public static final int COMPATIBILITY_NOT_SET = 40408;

  /** The schema isn't compatible with the subject's versions. */
  public static final int INCOMPATIBLE_SCHEMA = 409;

  /** Not a schema. */
  public static final int INVALID_SCHEMA = 42201;

  /** The registry doesn't know who asks. */
  public static final int UNAUTHORIZED = 401;

  /** Whoever asks may not. */
  public static final int FORBIDDEN = 403;

  private static final long serialVersionUID = 1L;

  private final int errorCode;

  /**
   * A refusal.
   *
   * @param errorCode Confluent's error code, or the HTTP status when there was none
   * @param message what was asked for, what the registry said, and what to do
   */
  public RegistryException(int errorCode, String message) {
    super(message);
    this.errorCode = errorCode;
  }

  /** Confluent's error code ({@link #SUBJECT_NOT_FOUND}, …), or the HTTP status without one. */
  public int errorCode() {
    return errorCode;
  }

  /**
   * Whether the registry lacks what was asked for. A plain 404 doesn't say so: it comes from a
   * wrong address.
   */
  public boolean isNotFound() {
    return errorCode / 100 == 404;
  }
}
