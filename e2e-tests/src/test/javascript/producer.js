#!/usr/bin/env node
// Submits a job: tasks with dependencies, in one record or several.
//
//   node producer.js --job answers-1 --tasks 6 --classes cpu
//
// Exit code 0: Kafka has the job (follow.js tells what becomes of it), 1: it hasn't, 2: wrong usage.

import { crc32 } from 'node:zlib';
import {
  UsageError, Values, connectedProducer, kafkaClient, nowMicros, readOptions, run, say,
} from './connection.js';

const USAGE = `
Usage: node producer.js --job NAME [options]
  --tasks N            how many tasks: one at the start, one at the end, the rest between (default 6)
  --records N          how many records they are sent in (default 1)
  --classes A,B        device classes they may run on (default: any)
  --millis N           work of each task in milliseconds (default 50)
  --place HOW          who chooses the partition: java (murmur2 of the key, default), librdkafka
                       (CRC32 of the key), elsewhere (never Java's), or nokey (a record without key)
  --schemas FOLDER     register the schemas found there; otherwise the registry has them already
  --bootstrap H:P  --registry URL  --prefix P  --pool NAME  --verbose
`;

function json(value) {
  const bytes = Buffer.from(JSON.stringify(value));
  return { contentType: 'application/json', bytes, sizeBytes: bytes.length };
}

/** A diamond: the first task, those that wait for it, and one that waits for all of them. */
function diamond({ tasks, classes, millis }) {
  const task = (taskId, parents) => ({
    taskId,
    operation: 'sleep',
    dependencies: parents.map((parent) => ({ taskId: parent, sizeBytes: 64 })),
    work: Math.max(millis, 1) / 1000,
    classes: classes ? classes.split(',') : [],
    payload: json({ millis }),
  });
  const between = Array.from({ length: tasks - 2 }, (_, i) => `part-${i + 1}`);
  return [
    task('first', []),
    ...between.map((id) => task(id, ['first'])),
    task('last', between.length > 0 ? between : ['first']),
  ];
}

/** Cuts a job into records. The last one seals it: no more tasks follow. */
function records(options) {
  const tasks = diamond(options);
  const each = Math.ceil(tasks.length / options.records);
  const count = Math.ceil(tasks.length / each);
  return Array.from({ length: count }, (_, i) => ({
    pool: options.pool,
    job: options.job,
    header: i === 0 ? { tenant: 'javascript', labels: { language: 'JavaScript' } } : null,
    tasks: tasks.slice(i * each, (i + 1) * each),
    sealed: i === count - 1,
    submittedAt: nowMicros(),
  }));
}

/**
 * Key and partition of a job's records. Signalbox sends a record that lies on another partition than
 * its pool's on to the right one. All records of one job must lie on one partition, since only there
 * do they keep their order; so without a key, which spreads records, a job is one record.
 */
async function placing(kafka, topic, { place, pool }) {
  const admin = kafka.admin();
  await admin.connect();
  const partitions = (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0].partitions;
  await admin.disconnect();
  const { DefaultPartitioner } = (await import('kafkajs')).default.Partitioners;
  const java = DefaultPartitioner()({ topic, partitionMetadata: partitions, message: { key: pool } });
  switch (place) {
    case 'java':
      return { key: pool };
    case 'librdkafka':
      return { key: pool, partition: crc32(pool) % partitions.length };
    case 'elsewhere':
      return { key: pool, partition: (java + 1) % partitions.length };
    case 'nokey':
      return { key: null, partition: (java + 1) % partitions.length };
    default:
      throw new UsageError(`--place is java, librdkafka, elsewhere or nokey, not '${place}'`);
  }
}

run(async () => {
  const options = readOptions(
    {
      job: { type: 'string' },
      tasks: { type: 'string', default: '6', number: true },
      records: { type: 'string', default: '1', number: true },
      millis: { type: 'string', default: '50', number: true },
      classes: { type: 'string' },
      place: { type: 'string', default: 'java' },
      schemas: { type: 'string' },
    },
    USAGE,
  );
  if (!options.job || options.tasks < 2 || options.records < 1) {
    throw new UsageError('a job needs --job NAME, at least 2 tasks and 1 record');
  }
  if (options.place === 'nokey' && options.records > 1) {
    throw new UsageError('records without a key have no order: --place nokey takes one record');
  }
  const topic = `${options.prefix}task-submitted`;
  const kafka = kafkaClient(options, 'signalbox-producer');
  const values = new Values(options);
  if (options.schemas) {
    await values.register(topic, options.schemas, 'TasksSubmitted');
  }
  const where = await placing(kafka, topic, options);
  const producer = await connectedProducer(kafka);
  for (const record of records(options)) {
    const [sent] = await producer.send({
      topic,
      acks: -1,
      messages: [{ ...where, value: await values.write(topic, record) }],
    });
    say({ sent: record.job, tasks: record.tasks.length, sealed: record.sealed, partition: sent.partition });
  }
  await producer.disconnect();
});
