package io.signalbox.core.pool;

import io.signalbox.core.device.Device;
import io.signalbox.core.job.AttemptRef;

/**
 * One call of the pool: the time, and the way out.
 *
 * @param now seconds since the epoch
 * @param effects takes what the pool asks for
 */
record Turn(double now, Effects effects) {
  void save(Row row) {
    effects.emit(new Effect.Save(row));
  }

  void delete(RowKey key) {
    effects.emit(new Effect.Delete(key));
  }

  /** Tells a device, which must hold a lane, to stop an attempt. */
  void cancel(AttemptRef attempt, Device device) {
    effects.emit(new Effect.Cancel(attempt, device.id(), device.deviceClass(), device.lane(), now));
  }

  void refuse(String reason) {
    effects.emit(new Effect.Refuse(reason));
  }

  void publish(JobEvent event) {
    effects.emit(new Effect.Publish(event));
  }
}
