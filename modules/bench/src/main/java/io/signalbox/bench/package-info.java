/** The whole way of a task through Kafka, measured: what {@code signalbox bench} runs. */
package io.signalbox.bench;
