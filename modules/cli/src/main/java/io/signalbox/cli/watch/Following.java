package io.signalbox.cli.watch;

import io.signalbox.cli.output.CommandFailure;
import io.signalbox.events.JobEvent;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Waits for the end of jobs while their events are shown. */
public final class Following {
  private static final Duration FIRST_EVENT = Duration.ofSeconds(5);

  private Following() {}

  /**
   * Shows events until the stream of them ends.
   *
   * @param events of one job or several
   * @param watch shows them
   * @param timeoutSeconds gives up after so many seconds; 0 never does
   * @param notes takes a word when nothing comes at first
   * @param what is followed, for that word
   * @return false when the time was up
   * @throws CommandFailure when events can't be read
   */
  public static boolean untilEnd(
      Flux<JobEvent> events,
      JobWatch watch,
      double timeoutSeconds,
      Consumer<String> notes,
      String what) {
    Sinks.Empty<Void> begun = Sinks.empty();
    Disposable patience =
        Mono.delay(FIRST_EVENT)
            .takeUntilOther(begun.asMono())
            .subscribe(late ->
                notes.accept(
                    "no event of "
                        + what
                        + " yet: was it submitted to this pool, and does an engine run?"
                        + " ./signalbox status lists the jobs"));
    Mono<Boolean> end =
        events
            .doOnNext(event -> {
              begun.tryEmitEmpty();
              watch.on(event);
            })
            .then(Mono.just(true));
    Mono<Boolean> bounded =
        timeoutSeconds > 0
            ? end.timeout(Duration.ofMillis(Math.round(timeoutSeconds * 1e3)), Mono.just(false))
            : end;
    try {
      return Boolean.TRUE.equals(bounded.block());
    } finally {
      patience.dispose();
      watch.finish();
    }
  }
}
