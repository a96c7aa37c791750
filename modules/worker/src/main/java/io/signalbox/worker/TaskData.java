package io.signalbox.worker;

import io.signalbox.events.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a task is given: its payload, or the result of a parent. Inline bytes, or a URI to read. */
public final class TaskData {
  /** Nothing at all. */
  public static final TaskData EMPTY =
      new TaskData(new Content("application/octet-stream", null, null, 0L));

  private final Content content;

  private TaskData(Content content) {
    this.content = content;
  }

  static TaskData of(@Nullable Content content) {
    return content == null ? EMPTY : new TaskData(content);
  }

  /** True when there are neither bytes nor a URI. */
  public boolean isEmpty() {
    return content.getBytes() == null && content.getUri() == null;
  }

  /** Media type of the bytes. */
  public String contentType() {
    return content.getContentType();
  }

  /** A copy of the inline bytes; none when it is empty or behind a URI. */
  public byte[] bytes() {
    ByteBuffer inline = content.getBytes();
    if (inline == null) {
      return new byte[0];
    }
    byte[] copy = new byte[inline.remaining()];
    inline.duplicate().get(copy);
    return copy;
  }

  /** The inline bytes as UTF-8. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Where the content is when it isn't inline. */
  public Optional<String> uri() {
    return Optional.ofNullable(content.getUri());
  }

  /** Size of the content in bytes, also when it is behind a URI; 0 when unknown. */
  public long sizeBytes() {
    return content.getSizeBytes();
  }
}
