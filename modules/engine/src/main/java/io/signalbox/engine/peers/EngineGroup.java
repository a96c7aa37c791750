package io.signalbox.engine.peers;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer group of the engines and their transactions, as a broker sees them. Kafka Streams
 * names a transaction {@code APPLICATION-PROCESS-THREAD} and a member's client {@code
 * APPLICATION-PROCESS-StreamThread-THREAD-consumer}, which tells whose transaction is whose.
 */
public final class EngineGroup {
  private static final Logger LOG = LoggerFactory.getLogger(EngineGroup.class);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final String PROCESS = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

  private final Admin admin;
  private final String application;
  private final Pattern transaction;
  private final Pattern client;

  /**
   * @param application id of the Kafka Streams application, which names the group
   */
  public EngineGroup(Admin admin, String application) {
    this.admin = admin;
    this.application = application;
    this.transaction = Pattern.compile(Pattern.quote(application) + "-" + PROCESS + "-\\d+");
    this.client = Pattern.compile(Pattern.quote(application) + "-" + PROCESS + "-.*");
  }

  /**
   * Puts the members of an engine that is dead out of the group, so that its partitions go to
   * others at once and not at the end of its session. An engine that lives joins again.
   *
   * @param instance under which the engine is a static member
   */
  void expel(String instance) {
    Set<MemberToRemove> members =
        members().stream()
            .flatMap(member -> member.groupInstanceId().stream())
            .filter(id -> id.equals(instance) || id.startsWith(instance + "-"))
            .map(MemberToRemove::new)
            .collect(Collectors.toSet());
    if (!members.isEmpty()) {
      RemoveMembersFromConsumerGroupOptions options =
          new RemoveMembersFromConsumerGroupOptions(members);
      options.reason("its process is gone");
      options.timeoutMs(TIMEOUT_MILLIS);
      result(admin.removeMembersFromConsumerGroup(application, options).all());
    }
  }

  /**
   * Aborts the open transactions of engines that are no members of the group any more. Until then
   * nobody could read on behind them, and the next engine would wait for the end of their time.
   *
   * @param clients client ids of the caller's own stream threads: nothing is done unless they are
   *     among the members', since only then can members be told from others
   */
  void abortOrphans(Collection<String> clients) {
    Set<String> open =
        open().stream().filter(id -> transaction.matcher(id).matches()).collect(Collectors.toSet());
    if (open.isEmpty()) {
      return;
    }
    // After the transactions: who has one then and isn't a member now has left meanwhile.
    Set<String> living = processes(members().stream().map(MemberDescription::clientId));
    if (Collections.disjoint(living, processes(clients.stream()))) {
      return;
    }
    List<String> orphans =
        open.stream().filter(id -> !living.contains(process(transaction, id))).toList();
    if (!orphans.isEmpty()) {
      LOG.info("Aborting what a dead engine has left open: {}", orphans);
      FenceProducersOptions options = new FenceProducersOptions();
      options.timeoutMs(TIMEOUT_MILLIS);
      result(admin.fenceProducers(orphans, options).all());
    }
  }

  private Set<String> processes(Stream<String> clientIds) {
    return clientIds
        .map(id -> process(client, id))
        .filter(process -> !process.isEmpty())
        .collect(Collectors.toSet());
  }

  private Collection<String> open() {
    ListTransactionsOptions options =
        new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
    options.timeoutMs(TIMEOUT_MILLIS);
    return result(admin.listTransactions(options).all()).stream()
        .map(TransactionListing::transactionalId)
        .toList();
  }

  private Collection<MemberDescription> members() {
    DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions();
    options.timeoutMs(TIMEOUT_MILLIS);
    return result(admin.describeConsumerGroups(List.of(application), options).all())
        .values()
        .stream()
        .flatMap(group -> group.members().stream())
        .toList();
  }

  private static String process(Pattern pattern, String id) {
    Matcher matcher = pattern.matcher(id);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static <T> T result(KafkaFuture<T> future) {
    try {
      return future.get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
