package io.signalbox.events.serde;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes Avro trust Signalbox's generated classes, which since Avro 1.12.1 it otherwise refuses to
 * load by name: even a builder with nested defaults fails then.
 *
 * <p>Avro looks for conversions with the JDK's service loader whenever a generated class prepares
 * its model, which is before its first use in any program. So this one, which converts nothing, is
 * found in time by users who never touch our serdes, and they need no system property.
 */
public final class TrustedClasses extends Conversion<TrustedClasses> {
  private static final String PACKAGE = "io.signalbox.events";

  static {
    // What was trusted before stays trusted.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  /** For the service loader. */
  public TrustedClasses() {}

  @Override
  public Class<TrustedClasses> getConvertedType() {
    return TrustedClasses.class;
  }

  @Override
  public String getLogicalTypeName() {
    return "signalbox-none";
  }
}
