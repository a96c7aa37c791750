package io.signalbox.core.pool;

/**
 * Times as devices give them, brought within reason. No attempt starts before its job was accepted
 * or ends after now; a device that says so has a clock that can't be believed, and its news counts
 * as of now, with the duration it gives. Unchecked, a time from the year 2300 would keep a device
 * busy, and its task's children waiting for their data, until then.
 *
 * @param earliest when the job was accepted, in seconds since the epoch
 * @param now in seconds since the epoch
 */
record DeviceTimes(double earliest, double now) {
  Input.AttemptInput within(Input.AttemptInput input) {
    return switch (input) {
      case Input.AttemptStarted started ->
          believable(started.at())
              ? started
              : new Input.AttemptStarted(
                  started.attempt(), started.device(), started.incarnation(), now);
      case Input.AttemptCompleted done ->
          believable(done.startedAt(), done.finishedAt())
              ? done
              : new Input.AttemptCompleted(
                  done.attempt(),
                  done.device(),
                  done.incarnation(),
                  start(done.startedAt(), done.finishedAt()),
                  end(done.finishedAt()),
                  done.result(),
                  done.spawned());
      case Input.AttemptFailed failed ->
          believable(failed.startedAt(), failed.finishedAt())
              ? failed
              : new Input.AttemptFailed(
                  failed.attempt(),
                  failed.device(),
                  failed.incarnation(),
                  start(failed.startedAt(), failed.finishedAt()),
                  end(failed.finishedAt()),
                  failed.error());
      case Input.AttemptProgressed progressed -> progressed;
      case Input.AttemptReleased released -> released;
    };
  }

  private boolean believable(double at) {
    return at >= earliest && at <= now;
  }

  private boolean believable(double startedAt, double finishedAt) {
    return believable(startedAt) && believable(finishedAt) && startedAt <= finishedAt;
  }

  private double end(double finishedAt) {
    return believable(finishedAt) ? finishedAt : now;
  }

  private double start(double startedAt, double finishedAt) {
    double seconds = Math.max(0, finishedAt - startedAt);
    double end = end(finishedAt);
    return Math.min(end, Math.max(earliest, end - seconds));
  }
}
