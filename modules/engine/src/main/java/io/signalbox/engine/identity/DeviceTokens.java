package io.signalbox.engine.identity;

import io.signalbox.engine.identity.TokenKeys.Verified;
import io.signalbox.engine.translate.UnusableRecordException;
import io.signalbox.events.connection.DeviceToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks workers for tokens, which they send along in a header. A signature is verified once, and
 * what it is worth remembered then, good or bad: a record costs a look into a map. The keys' file
 * is read anew when it has changed, so that keys come and go while the engine runs. Threads may
 * share one.
 */
final class DeviceTokens implements Identities {
  /** Tokens of so many workers are remembered. */
  private static final int MOST_REMEMBERED = 20_000;

  /** How often it is looked whether the keys' file has changed. */
  static final long LOOK_MILLIS = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(DeviceTokens.class);

  private final Path file;
  private final InstantSource clock;
  private final int mostRemembered;
  private volatile Known known;
  private volatile long lookAtMillis;

  /** The keys, when their file was written, and what was found of tokens with them. */
  private record Known(TokenKeys keys, FileTime written, Map<String, Judged> judged) {}

  /** What a token grants, or why it grants nothing, and until when that holds. */
  private record Judged(@Nullable Grant grant, String refusal, long untilMillis) {}

  /**
   * @throws InvalidKeysException when the file can't be used
   */
  DeviceTokens(Path file, InstantSource clock) {
    this(file, clock, MOST_REMEMBERED);
  }

  DeviceTokens(Path file, InstantSource clock, int mostRemembered) {
    this.mostRemembered = mostRemembered;
    this.file = file;
    this.clock = clock;
    this.known = read();
    this.lookAtMillis = clock.millis() + LOOK_MILLIS;
  }

  @Override
  public void check(Headers headers, SpecificRecord value) {
    Speaker speaker = Speaker.of(value);
    if (speaker == null) {
      return;
    }
    Header header = headers.lastHeader(DeviceToken.HEADER);
    if (header == null || header.value() == null) {
      throw new UnusableRecordException(
          "%s brings no device token in the header %s".formatted(speaker, DeviceToken.HEADER));
    }
    Grant grant;
    try {
      grant = grant(new String(header.value(), StandardCharsets.ISO_8859_1));
    } catch (InvalidTokenException e) {
      throw new UnusableRecordException(
          "the device token of %s isn't valid: %s".formatted(speaker, e.getMessage()));
    }
    if (!grant.covers(speaker)) {
      throw new UnusableRecordException("the token of %s is one for %s".formatted(speaker, grant));
    }
  }

  private Grant grant(String token) throws InvalidTokenException {
    long now = clock.millis();
    if (now >= lookAtMillis) {
      look(now);
    }
    Known with = known;
    Judged judged = with.judged().get(token);
    if (judged == null || now >= judged.untilMillis()) {
      judged = judge(with.keys(), token, now);
      if (with.judged().size() >= mostRemembered) {
        with.judged().clear();
      }
      with.judged().put(token, judged);
    }
    Grant grant = judged.grant();
    if (grant == null) {
      throw new InvalidTokenException(judged.refusal());
    }
    return grant;
  }

  private static Judged judge(TokenKeys keys, String token, long now) {
    try {
      Verified verified = keys.verify(token, now);
      return new Judged(verified.grant(), "", verified.endMillis());
    } catch (InvalidTokenException e) {
      return new Judged(null, String.valueOf(e.getMessage()), now + LOOK_MILLIS);
    }
  }

  /** How many tokens are remembered. */
  int remembered() {
    return known.judged().size();
  }

  /** Takes up changed keys; while a file can't be used, those from before hold. */
  private synchronized void look(long now) {
    if (now < lookAtMillis) {
      return;
    }
    lookAtMillis = now + LOOK_MILLIS;
    if (!known.written().equals(written())) {
      try {
        known = read();
        LOG.info("The keys of device tokens have changed and are read anew from {}", file);
      } catch (InvalidKeysException e) {
        LOG.error("The keys of device tokens stay as they were: {}", e.getMessage());
      }
    }
  }

  private Known read() {
    // The time first: what is written meanwhile is read again.
    FileTime written = written();
    return new Known(
        TokenKeys.read(file),
        written == null ? FileTime.fromMillis(0) : written,
        new ConcurrentHashMap<>());
  }

  private @Nullable FileTime written() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return null;
    }
  }
}
