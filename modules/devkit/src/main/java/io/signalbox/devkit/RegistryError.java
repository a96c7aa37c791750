package io.signalbox.devkit;

/** An answer of the registry that isn't a success: Confluent's error codes and messages. */
final class RegistryError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private RegistryError(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Confluent's code: three digits of HTTP status, then two that tell the errors apart. */
  int code() {
    return code;
  }

  /** The HTTP status the code stands for. */
  int status() {
    return code >= 1_000 ? code / 100 : code;
  }

  static RegistryError http(int status, String message) {
    return new RegistryError(status, message);
  }

  static RegistryError subjectNotFound(String subject) {
    return new RegistryError(40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError versionNotFound(String version) {
    return new RegistryError(40402, "Version " + version + " not found.");
  }

  static RegistryError schemaNotFound(String what) {
    return new RegistryError(40403, "Schema " + what + "not found");
  }

  static RegistryError subjectSoftDeleted(String subject) {
    return new RegistryError(
        40404,
        "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
  }

  static RegistryError subjectNotSoftDeleted(String subject) {
    return new RegistryError(
        40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
  }

  static RegistryError versionSoftDeleted(String subject, int version) {
    return new RegistryError(
        40406,
        "Subject '%s' Version %d was soft deleted. Set permanent=true to delete permanently"
            .formatted(subject, version));
  }

  static RegistryError versionNotSoftDeleted(String subject, int version) {
    return new RegistryError(
        40407,
        "Subject '%s' Version %d was not deleted first before being permanently deleted"
            .formatted(subject, version));
  }

  static RegistryError levelNotConfigured(String subject) {
    return new RegistryError(
        40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryError modeNotConfigured(String subject) {
    return new RegistryError(
        40409, "Subject '" + subject + "' does not have subject-level mode configured");
  }

  static RegistryError invalidSchema(String why) {
    return new RegistryError(42201, "Invalid schema: " + why);
  }

  static RegistryError invalidVersion(String version) {
    return new RegistryError(
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  static RegistryError invalidLevel() {
    return new RegistryError(
        42203,
        "Invalid compatibility level. Valid values are none, backward, forward, full,"
            + " backward_transitive, forward_transitive, and full_transitive");
  }

  static RegistryError store(String why) {
    return new RegistryError(50001, "Error in the backend data store: " + why);
  }
}
