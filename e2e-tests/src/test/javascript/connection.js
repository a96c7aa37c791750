// Where Kafka and the schema registry are, and how records are written and read: what the three
// programs beside this file share. Nothing here is Signalbox's own but the names of its topics.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import schemaregistry from '@confluentinc/schemaregistry';
import kafkajs from 'kafkajs';

const { AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType } = schemaregistry;

const COMMON_OPTIONS = {
  bootstrap: { type: 'string', default: '127.0.0.1:9092' },
  registry: { type: 'string', default: 'http://127.0.0.1:8081' },
  prefix: { type: 'string', default: 'signalbox.' },
  pool: { type: 'string', default: 'default' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** A mistake of the person at the keyboard: one line, exit code 2. */
export class UsageError extends Error {}

/** Reads the command line; `options` are those of the program, `usage` is what --help prints. */
export function readOptions(options, usage) {
  let values;
  try {
    ({ values } = parseArgs({ options: { ...COMMON_OPTIONS, ...options } }));
  } catch (error) {
    throw new UsageError(error.message.split('\n')[0]);
  }
  if (values.help) {
    console.log(usage.trim());
    process.exit(0);
  }
  for (const [name, value] of Object.entries(values)) {
    if (options[name]?.number) {
      values[name] = Number(value);
      if (!(values[name] >= 0)) {
        throw new UsageError(`--${name} takes a number, not '${value}'`);
      }
    }
  }
  return values;
}

/** Runs a program: its result is the exit code, an error one line and 1, a wrong option 2. */
export async function run(program) {
  let code;
  try {
    code = (await program()) ?? 0;
  } catch (error) {
    const usage = error instanceof UsageError;
    console.error(`${process.argv[1].split('/').pop()}: ${error.message}${usage ? ' (see --help)' : ''}`);
    code = usage ? 2 : 1;
  }
  process.exit(code);
}

/** What the promise brings, or an error with these words when it takes longer. */
export function within(seconds, promise, words) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(words)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Prints one fact as one line of JSON. */
export function say(fact) {
  console.log(JSON.stringify(fact));
}

/** Now, in the microseconds since the epoch of Avro's timestamp-micros. */
export function nowMicros() {
  return Date.now() * 1000;
}

/** A Kafka client whose own log goes to standard error, with --verbose: most of it is retries. */
export function kafkaClient(options, clientId) {
  return new kafkajs.Kafka({
    clientId,
    brokers: options.bootstrap.split(','),
    logLevel: options.verbose ? kafkajs.logLevel.INFO : kafkajs.logLevel.NOTHING,
    logCreator: () => ({ log }) => console.error(`kafkajs: ${log.message} ${log.error ?? ''}`),
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 12 },
  });
}

/** A producer that places records as Java's does: murmur2 of the key. */
export async function connectedProducer(kafka) {
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  return producer;
}

/**
 * Writes and reads values in Confluent's wire format with Confluent's own client. Schemas come from
 * the registry, latest version; with `schemasFolder`, `register` puts them there first.
 */
export class Values {
  #registry;
  #serializer;
  #deserializer;

  constructor(options) {
    this.#registry = new SchemaRegistryClient({ baseURLs: [options.registry] });
    const byTopic = { subjectNameStrategyType: 'TOPIC' };
    this.#serializer = new AvroSerializer(this.#registry, SerdeType.VALUE, {
      ...byTopic,
      useLatestVersion: true,
    });
    this.#deserializer = new AvroDeserializer(this.#registry, SerdeType.VALUE, byTopic);
  }

  /** Registers the schema of a topic's values; returns its id. */
  register(topic, schemasFolder, name) {
    const schema = JSON.stringify(readSchema(schemasFolder, name));
    return this.#registry.register(`${topic}-value`, { schemaType: 'AVRO', schema });
  }

  write(topic, value) {
    return this.#serializer.serialize(topic, value);
  }

  read(topic, bytes) {
    return this.#deserializer.deserialize(topic, bytes);
  }
}

/**
 * One of Signalbox's schemas with those it refers to put in at their first mention: a registry wants
 * a schema that stands for itself.
 */
export function readSchema(folder, name, known = new Set()) {
  const inline = (node) => {
    if (typeof node === 'string') {
      const [, referred] = node.match(/^io\.signalbox\.events\.(\w+)$/) ?? [];
      return referred && !known.has(referred) ? readSchema(folder, referred, known) : node;
    }
    if (Array.isArray(node)) {
      return node.map(inline);
    }
    if (node.type === 'record') {
      known.add(node.name);
      return { ...node, fields: node.fields.map((field) => ({ ...field, type: inline(field.type) })) };
    }
    return { ...node, ...(node.items && { items: inline(node.items) }), ...(typeof node.type === 'object' && { type: inline(node.type) }) };
  };
  return inline(JSON.parse(readFileSync(join(folder, `${name}.avsc`), 'utf8')));
}
