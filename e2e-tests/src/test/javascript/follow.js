#!/usr/bin/env node
// Prints what becomes of a job, one line of JSON an event, until it has ended.
//
//   node follow.js --job answers-1
//
// Exit code 0: the job succeeded, 1: it failed, was rejected or cancelled, or time is up, 2: wrong usage.

import { randomUUID } from 'node:crypto';
import { UsageError, Values, kafkaClient, readOptions, run, say, within } from './connection.js';

const USAGE = `
Usage: node follow.js --job NAME [options]
  --seconds N          give up after so long (default 60)
  --bootstrap H:P  --registry URL  --prefix P  --pool NAME  --verbose
`;

const LAST = new Set(['JOB_SUCCEEDED', 'JOB_FAILED', 'JOB_CANCELLED', 'REJECTED']);

function brief(event) {
  const fact = { event: event.type, job: event.job };
  for (const name of ['taskId', 'attempt', 'deviceId', 'deviceClass']) {
    if (event[name]) {
      fact[name] = event[name];
    }
  }
  if (event.reasons.length > 0) {
    fact.reasons = event.reasons;
  }
  const result = event.result?.bytes;
  return { ...fact, ...(result && { result: result.toString() }), counts: event.counts };
}

/** Prints the job's events; returns the type of the last one. */
async function follow(options) {
  const topic = `${options.prefix}job-events`;
  const values = new Values(options);
  // A group of its own that leaves nothing behind: it commits no offset. Events are written in
  // transactions; kafkajs hides those that were aborted unless it is told otherwise.
  const consumer = kafkaClient(options, 'signalbox-follow').consumer({
    groupId: `${options.prefix}follow.${randomUUID()}`,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 200,
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const last = await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          // The key is the job; what concerns other jobs isn't even decoded.
          if (message.key?.toString() !== options.job) {
            return;
          }
          const event = await values.read(topic, message.value);
          if (event.pool !== options.pool) {
            return;
          }
          say(brief(event));
          if (LAST.has(event.type)) {
            resolve(event.type);
          }
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return last;
}

run(async () => {
  const options = readOptions(
    { job: { type: 'string' }, seconds: { type: 'string', default: '60', number: true } },
    USAGE,
  );
  if (!options.job) {
    throw new UsageError('--job is missing');
  }
  const { job, seconds } = options;
  const last = await within(seconds, follow(options), `${job} hasn't ended within ${seconds} s`);
  return last === 'JOB_SUCCEEDED' ? 0 : 1;
});
