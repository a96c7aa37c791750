package io.signalbox.engine.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of workers.
 *
 * @param tokenKeys public keys of those who sign device tokens, a JWK set; null: a worker is
 *     believed which device it is
 */
public record WorkersSettings(@Nullable Path tokenKeys) {}
