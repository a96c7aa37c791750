package io.signalbox.core.job;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that travel with a task, inline or behind a URI. The core passes them on and never looks
 * inside.
 *
 * @param contentType media type (RFC 6838)
 * @param bytes the content itself, or null when it is behind the URI
 * @param uri where the content is, or null when it is inline
 * @param sizeBytes its size in bytes, in both cases
 */
public record Content(
    String contentType, byte @Nullable [] bytes, @Nullable String uri, long sizeBytes) {
  public Content {
    Objects.requireNonNull(contentType, "contentType");
    if ((bytes == null) == (uri == null)) {
      throw new IllegalArgumentException("content has either bytes or a URI");
    }
  }

  /** Content that is carried inline. */
  public static Content inline(String contentType, byte[] bytes) {
    return new Content(contentType, bytes, null, bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Content that
        && contentType.equals(that.contentType)
        && Arrays.equals(bytes, that.bytes)
        && Objects.equals(uri, that.uri)
        && sizeBytes == that.sizeBytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(contentType, Arrays.hashCode(bytes), uri, sizeBytes);
  }

  @Override
  public String toString() {
    return "Content[" + contentType + ", " + (uri == null ? sizeBytes + " bytes" : uri) + "]";
  }
}
