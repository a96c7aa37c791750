package io.signalbox.devkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @Test
  void oneLineStartsABrokerThatTakesAndGivesRecords() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Records records = new Records(broker.bootstrapServers());
      records.createTopic("greetings", 1);
      records.write("greetings", "hello", "again");
      assertEquals(List.of("hello", "again"), records.readCommitted("greetings"));
    }
  }

  @Test
  void transactionsCommitTogetherOrNotAtAll() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Records records = new Records(broker.bootstrapServers());
      records.createTopic("ledger", 1);
      try (var producer = records.producer(Map.of("transactional.id", "clerk"))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("ledger", "dropped"));
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("ledger", "kept"));
        producer.commitTransaction();
      }
      assertEquals(List.of("kept"), records.readCommitted("ledger"));
    }
  }

  @Test
  void dataFolderKeepsRecordsOverARestart(@TempDir Path folder) throws Exception {
    String cluster;
    try (EmbeddedBroker broker = EmbeddedBroker.builder().dataFolder(folder).start()) {
      cluster = broker.clusterId();
      Records records = new Records(broker.bootstrapServers());
      records.createTopic("kept", 2);
      records.write("kept", "before");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.builder().dataFolder(folder).start()) {
      assertEquals(cluster, broker.clusterId());
      Records records = new Records(broker.bootstrapServers());
      assertEquals(List.of("before"), records.readCommitted("kept"));
      records.write("kept", "after");
      assertEquals(2, records.readCommitted("kept").size());
    }
  }

  @Test
  void twoBrokersLiveInOneProcess() throws Exception {
    try (EmbeddedBroker left = EmbeddedBroker.start();
        EmbeddedBroker right = EmbeddedBroker.start()) {
      assertNotEquals(left.port(), right.port());
      for (EmbeddedBroker broker : List.of(left, right)) {
        Records records = new Records(broker.bootstrapServers());
        records.createTopic("names", 1);
        records.write("names", broker.clusterId());
        assertEquals(List.of(broker.clusterId()), records.readCommitted("names"));
      }
    }
  }

  @Test
  void temporaryFolderIsGoneAfterClosing() {
    EmbeddedBroker broker = EmbeddedBroker.start();
    assertTrue(Files.exists(broker.dataFolder()));
    broker.close();
    broker.close();
    assertFalse(Files.exists(broker.dataFolder()));
  }

  @Test
  void extraPropertiesReachTheBroker() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.builder().property("auto.create.topics.enable", "true").start()) {
      Records records = new Records(broker.bootstrapServers());
      records.write("made-on-the-fly", "here");
      assertEquals(List.of("here"), records.readCommitted("made-on-the-fly"));
    }
  }
}
