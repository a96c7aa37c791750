package io.signalbox.worker;

import io.signalbox.events.Content;
import io.signalbox.events.ErrorType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a handler gives back; it is handed to the task's children as input. */
public final class Result {
  /** Most bytes of a result that travels inline. */
  public static final int MAX_INLINE_BYTES = 65_536;

  private static final Result EMPTY = new Result(null);

  private final @Nullable Content content;

  private Result(@Nullable Content content) {
    this.content = content;
  }

  /** Done, with nothing to hand on. */
  public static Result empty() {
    return EMPTY;
  }

  /**
   * Bytes.
   *
   * @throws TaskFailedException of type USER when they are more than {@value #MAX_INLINE_BYTES}
   */
  public static Result of(byte[] bytes) {
    return of("application/octet-stream", bytes);
  }

  /** JSON text, see {@link #of(byte[])}. */
  public static Result json(String json) {
    return of("application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text, see {@link #of(byte[])}. */
  public static Result text(String text) {
    return of("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of a media type, see {@link #of(byte[])}. */
  public static Result of(String contentType, byte[] bytes) {
    if (bytes.length > MAX_INLINE_BYTES) {
      throw new TaskFailedException(
          ErrorType.USER,
          "A result of "
              + bytes.length
              + " bytes is more than the "
              + MAX_INLINE_BYTES
              + " that travel inline; store it and return Result.uri");
    }
    return new Result(
        new Content(contentType, ByteBuffer.wrap(bytes.clone()), null, (long) bytes.length));
  }

  /**
   * Content that the children read themselves.
   *
   * @param sizeBytes its size, 0 when unknown; transfers between devices are predicted from it
   */
  public static Result uri(String uri, long sizeBytes) {
    if (uri.isEmpty() || sizeBytes < 0) {
      throw new TaskFailedException(
          ErrorType.USER, "A result needs a URI and a size of at least 0, not " + sizeBytes);
    }
    return new Result(new Content("application/octet-stream", null, uri, sizeBytes));
  }

  @Nullable Content content() {
    return content;
  }
}
