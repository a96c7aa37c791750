package io.signalbox.engine.scheduling;

import io.signalbox.core.pool.PoolSettings;
import io.signalbox.engine.board.PoolBoard;
import io.signalbox.engine.board.PoolQuestions;
import io.signalbox.engine.identity.Identities;
import io.signalbox.engine.settings.StreamSettings;
import io.signalbox.engine.translate.Lanes;
import io.signalbox.events.topic.Topics;

/**
 * What every {@link PoolProcessor} of an engine is given.
 *
 * @param topics names of the topics
 * @param poolPartitions partitions that the pool topics have
 * @param streams when to tick and when to commit
 * @param pool what governs each pool
 * @param lanes the assignment topics
 * @param board where listings read the pools
 * @param questions what people ask the pools
 * @param batches what the consumers have brought
 * @param identities whether workers may speak for the devices they name
 */
public record Shell(
    Topics topics,
    int poolPartitions,
    StreamSettings streams,
    PoolSettings pool,
    Lanes lanes,
    PoolBoard board,
    PoolQuestions questions,
    Batches batches,
    Identities identities) {}
