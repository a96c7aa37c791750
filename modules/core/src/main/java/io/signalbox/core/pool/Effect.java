package io.signalbox.core.pool;

import io.signalbox.core.estimate.SharedModel;
import io.signalbox.core.job.AttemptRef;
import io.signalbox.core.placement.Candidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a {@link Pool} asks of the world. All times are seconds since the epoch. */
public sealed interface Effect {
  /** Write a row through to the store. */
  record Save(Row row) implements Effect {}

  /** Remove a row from the store. */
  record Delete(RowKey key) implements Effect {}

  /**
   * Offer an attempt to a device. The task's spec and its parents' results are in the rows {@link
   * Row.SpecRow} and {@link Row.ResultRow}; the pool doesn't hold them.
   *
   * @param attempt the attempt
   * @param device the device
   * @param deviceClass its class: names the topic
   * @param lane the partition
   * @param offeredAt now
   * @param acceptBy when the offer ends
   * @param decision why there
   * @param after the attempt that it is linked to, of a parent and on the same device; null in an
   *     ordinary offer
   * @param parents the task's parents, in the order of its dependencies; of interest where rows are
   *     stored, and empty where they aren't
   * @param traceparent W3C trace context of its job; null when the producer gave none
   */
  record Offer(
      AttemptRef attempt,
      String device,
      String deviceClass,
      int lane,
      double offeredAt,
      double acceptBy,
      Decision decision,
      @Nullable AttemptRef after,
      List<Parent> parents,
      @Nullable String traceparent)
      implements Effect {
    public Offer {
      parents = List.copyOf(parents);
    }
  }

  /**
   * A parent of an offered task. Of the one that a linked offer waits for, what is foreseen.
   *
   * @param task its id
   * @param device where it succeeded
   * @param finishedAt when it did
   * @param hasResult true when its result is stored
   */
  record Parent(String task, String device, double finishedAt, boolean hasResult) {}

  /**
   * Why a task was placed where it was.
   *
   * @param policy name of the placement policy
   * @param predictedSeconds predicted run time on the device
   * @param predictedFinish when it should finish there
   * @param upwardRank seconds from its start to the job's end along its longest path
   * @param score what the policy compared, smaller is better: the predicted finish plus what speaks
   *     against the device minus what speaks for it, in seconds
   * @param candidates what was weighed, the device among them, the best score first
   */
  record Decision(
      String policy,
      double predictedSeconds,
      double predictedFinish,
      double upwardRank,
      double score,
      List<Candidate> candidates) {
    public Decision {
      candidates = List.copyOf(candidates);
    }
  }

  /** Tell a device to stop an attempt, or not to start it. */
  record Cancel(AttemptRef attempt, String device, String deviceClass, int lane, double at)
      implements Effect {}

  /** Tell other pools what was learned of an operation's run time. */
  record ShareModel(SharedModel model) implements Effect {}

  /** Announce a transition. */
  record Publish(JobEvent event) implements Effect {}

  /**
   * The input can't be used; it goes to the dead letters.
   *
   * @param reason for people: what is wrong, where, and what would be right
   */
  record Refuse(String reason) implements Effect {}

  /**
   * Devices of a class outnumber the lanes they hold: its topic has to grow.
   *
   * @param deviceClass the class
   * @param devices how many lanes would do
   */
  record NeedLanes(String deviceClass, int devices) implements Effect {}
}
