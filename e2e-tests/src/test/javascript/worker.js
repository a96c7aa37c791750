#!/usr/bin/env node
// A device: takes assignments of its class, runs them, reports. This is all that the contract asks
// of a worker in any language.
//
//   node worker.js --device js-1 --class cpu --slots 2
//
// 1. It reads assignments.<class> in the group <prefix>workers.<pool>.<class>, so that Kafka shares
//    the topic's partitions (lanes) out among the devices of the class.
// 2. Every second, and whenever its lanes change, it writes a heartbeat with the lanes it reads and
//    the attempts it holds. The engine offers it work only on those lanes.
// 3. An assignment is an offer. It writes STARTED (the offer is taken), commits its offset, runs the
//    attempt and writes COMPLETED with the result, or FAILED. After acceptBy it drops the offer.
// 4. CANCEL stops an attempt, which then is RELEASED.
//
// Runs until SIGTERM or SIGINT, or for --seconds; then it finishes what it has begun and says
// STOPPED. Exit code 0, or 1 when Kafka is lost, 2: wrong usage.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  UsageError, Values, connectedProducer, kafkaClient, nowMicros, readOptions, run, say, within,
} from './connection.js';

const USAGE = `
Usage: node worker.js --class CLASS [options]
  --device ID          its name, unique within the pool (default js-<random>)
  --slots N            how many attempts it runs at once (default 1)
  --seconds N          stop after so long (default: on SIGTERM)
  --schemas FOLDER     register the schemas found there; otherwise the registry has them already
  --bootstrap H:P  --registry URL  --prefix P  --pool NAME  --verbose
`;

const HEARTBEAT_MILLIS = 1000;
const LEAVE_SECONDS = 30;

/** What this device can do: an operation's name and its handler. */
const HANDLERS = {
  /** Takes as long as its payload says, and returns what it was given by its parents. */
  sleep: async ({ payload, inputs }, signal) => {
    const { millis = 50 } = payload?.bytes ? JSON.parse(payload.bytes.toString()) : {};
    await sleep(millis, undefined, { signal });
    return { sleptMillis: millis, parents: inputs.map((input) => input.taskId) };
  },
};

class Device {
  #options;
  #values;
  #producer;
  #topics;
  #incarnation = Date.now();
  #sequence = 0;
  #lanes = [];
  #state = 'ACTIVE';
  #running = new Map();
  #settled = new Set();

  constructor(options, values, producer, topics) {
    this.#options = options;
    this.#values = values;
    this.#producer = producer;
    this.#topics = topics;
  }

  /** Kafka has shared the lanes out anew. */
  async lanes(lanes) {
    this.#lanes = [...lanes].sort((a, b) => a - b);
    say({ lanes: this.#lanes });
    await this.heartbeat();
  }

  async heartbeat() {
    await this.#write(this.#topics.telemetry, {
      pool: this.#options.pool,
      deviceId: this.#options.device,
      deviceClass: this.#options.class,
      incarnation: this.#incarnation,
      sequence: this.#sequence++,
      at: nowMicros(),
      state: this.#state,
      lanes: this.#lanes,
      slots: this.#options.slots,
      // It takes an assignment only when a slot is free, so it asks for none in advance.
      prefetch: 0,
      held: [...this.#running.values()].map(({ job, taskId, attempt }) => ({
        job, taskId, attempt, running: true,
      })),
      labels: { language: 'JavaScript' },
    });
  }

  /** An assignment was delivered; its offset may be committed once this has returned. */
  async take(assignment) {
    if (assignment.pool !== this.#options.pool) {
      return;
    }
    const name = nameOf(assignment);
    if (assignment.type === 'CANCEL') {
      // Remembered also when the attempt isn't here: its RUN may yet come, on another lane.
      this.#settled.add(name);
      this.#running.get(name)?.abort.abort();
      return;
    }
    if (this.#running.has(name) || this.#settled.has(name)) {
      return; // Kafka delivers at least once.
    }
    if (nowMicros() > assignment.acceptBy) {
      say({ dropped: assignment.taskId, reason: 'late' });
      return;
    }
    if (this.#state !== 'ACTIVE' || this.#running.size >= this.#options.slots) {
      await this.#report(assignment, 'RELEASED', { error: internal('no slot is free') });
      return;
    }
    if (assignment.after) {
      // Its lane was another device's a moment ago, one that takes linked offers.
      await this.#report(assignment, 'RELEASED', { error: internal('no linked offers here') });
      return;
    }
    const { job, taskId, attempt } = assignment;
    const entry = { job, taskId, attempt, abort: new AbortController() };
    this.#running.set(name, entry);
    const startedAt = nowMicros();
    await this.#report(assignment, 'STARTED');
    entry.done = this.#perform(assignment, entry, startedAt);
  }

  async #perform(assignment, entry, startedAt) {
    const { signal } = entry.abort;
    const handler = HANDLERS[assignment.operation];
    const limit = assignment.timeoutMillis > 0
      ? AbortSignal.timeout(assignment.timeoutMillis) : undefined;
    let outcome;
    try {
      if (!handler) {
        throw new Error(`no handler for the operation ${assignment.operation}`);
      }
      const result = await handler(assignment, limit ? AbortSignal.any([signal, limit]) : signal);
      outcome = ['COMPLETED', { startedAt, result: json(result) }];
    } catch (error) {
      outcome = ['FAILED', { startedAt, error: internal(limit?.aborted ? 'timed out' : error.message) }];
    }
    if (signal.aborted) {
      outcome = ['RELEASED', { error: internal('cancelled') }];
    }
    this.#settle(nameOf(assignment));
    await this.#report(assignment, ...outcome);
    await this.#trace(assignment, startedAt, outcome[0] === 'COMPLETED');
  }

  #settle(name) {
    this.#running.delete(name);
    this.#settled.add(name);
    if (this.#settled.size > 4096) {
      this.#settled.delete(this.#settled.values().next().value);
    }
  }

  #report(assignment, type, more = {}) {
    const { pool, job, taskId, attempt } = assignment;
    say({ [type.toLowerCase()]: taskId, job, attempt, lane: assignment.lane });
    return this.#write(this.#topics.events, {
      pool, job, taskId, attempt, type,
      deviceId: this.#options.device,
      incarnation: this.#incarnation,
      at: nowMicros(),
      ...more,
    });
  }

  /** What hotspots and learned run times are made of; keyed by operation. */
  #trace(assignment, startTime, succeeded) {
    const { pool, job, taskId, attempt, operation, version, work } = assignment;
    const endTime = nowMicros();
    return this.#write(
      this.#topics.traces,
      {
        pool, job, taskId, attempt, operation, version, work, startTime, endTime, succeeded,
        durationMicros: endTime - startTime,
        service: 'worker.js',
        deviceClass: this.#options.class,
        deviceId: this.#options.device,
        traceId: randomUUID().replaceAll('-', ''),
        spanId: randomUUID().replaceAll('-', '').slice(16),
      },
      operation,
    );
  }

  async #write(topic, value, key = this.#options.pool) {
    const bytes = await this.#values.write(topic, value);
    await this.#producer.send({ topic, acks: -1, messages: [{ key, value: bytes }] });
  }

  /** Takes nothing new, finishes what runs, and takes its leave. */
  async drain() {
    this.#state = 'DRAINING';
    await this.heartbeat();
    await Promise.all([...this.#running.values()].map((entry) => entry.done));
    this.#state = 'STOPPED';
    this.#lanes = [];
    await this.heartbeat();
  }
}

function nameOf({ job, taskId, attempt }) {
  return `${job}/${taskId}/${attempt}`;
}

function internal(message) {
  return { type: 'INTERNAL', message };
}

function json(value) {
  const bytes = Buffer.from(JSON.stringify(value));
  return { contentType: 'application/json', bytes, sizeBytes: bytes.length };
}

/** Settles when somebody wants the program to end, or when it can't go on. */
function end(consumer, seconds) {
  return new Promise((resolve, reject) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
    if (seconds > 0) {
      setTimeout(resolve, seconds * 1000);
    }
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
  });
}

run(async () => {
  const options = readOptions(
    {
      device: { type: 'string', default: `js-${randomUUID().slice(0, 8)}` },
      class: { type: 'string' },
      slots: { type: 'string', default: '1', number: true },
      seconds: { type: 'string', default: '0', number: true },
      schemas: { type: 'string' },
    },
    USAGE,
  );
  if (!options.class || options.slots < 1) {
    throw new UsageError('a worker needs --class CLASS and at least 1 slot');
  }
  const topics = {
    assignments: `${options.prefix}assignments.${options.class}`,
    events: `${options.prefix}task-events`,
    telemetry: `${options.prefix}device-telemetry`,
    traces: `${options.prefix}execution-traces`,
  };
  const kafka = kafkaClient(options, options.device);
  const values = new Values(options);
  if (options.schemas) {
    await values.register(topics.events, options.schemas, 'TaskEvent');
    await values.register(topics.telemetry, options.schemas, 'DeviceTelemetry');
    await values.register(topics.traces, options.schemas, 'ExecutionTrace');
  }
  const producer = await connectedProducer(kafka);
  const device = new Device(options, values, producer, topics);

  const consumer = kafka.consumer({
    groupId: `${options.prefix}workers.${options.pool}.${options.class}`,
    sessionTimeout: 6000,
    heartbeatInterval: 500,
    // Notices within seconds that its class's topic has grown.
    metadataMaxAge: 5000,
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
  });
  const failed = (error) => console.error(`worker.js: ${error.message}`);
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
    device.lanes(payload.memberAssignment[topics.assignments] ?? []).catch(failed));
  await consumer.connect();
  await consumer.subscribe({ topic: topics.assignments, fromBeginning: true });
  const ended = end(consumer, options.seconds);
  await consumer.run({
    autoCommitThreshold: 1,
    partitionsConsumedConcurrently: 8,
    eachMessage: async ({ message }) =>
      device.take(await values.read(topics.assignments, message.value)),
  });
  const timer = setInterval(() => device.heartbeat().catch(failed), HEARTBEAT_MILLIS);
  try {
    await ended;
  } finally {
    const leave = async () => {
      await device.drain();
      await consumer.disconnect();
      await producer.disconnect();
    };
    clearInterval(timer);
    await within(LEAVE_SECONDS, leave(), `could not take its leave within ${LEAVE_SECONDS} s`);
  }
});
