package io.signalbox.engine.translate;

import io.signalbox.core.job.Content;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Content between Avro and the core. */
final class Contents {
  private Contents() {}

  static @Nullable Content read(io.signalbox.events.@Nullable Content content, String place) {
    if (content == null) {
      return null;
    }
    ByteBuffer bytes = content.getBytes();
    if ((bytes == null) == (content.getUri() == null)) {
      throw new UnusableRecordException(
          place + ": content has either bytes or a uri, not both and not neither");
    }
    if (bytes != null) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return Content.inline(content.getContentType(), copy);
    }
    if (content.getSizeBytes() < 0) {
      throw new UnusableRecordException(place + ": the content's sizeBytes is negative");
    }
    return behind(content);
  }

  // NullAway doesn't see the @Nullable of an array type in another module's class file.
  @SuppressWarnings("NullAway")
  private static Content behind(io.signalbox.events.Content content) {
    return new Content(content.getContentType(), null, content.getUri(), content.getSizeBytes());
  }

  static io.signalbox.events.@Nullable Content write(@Nullable Content content) {
    if (content == null) {
      return null;
    }
    byte[] bytes = content.bytes();
    return new io.signalbox.events.Content(
        content.contentType(),
        bytes == null ? null : ByteBuffer.wrap(bytes),
        content.uri(),
        content.sizeBytes());
  }
}
