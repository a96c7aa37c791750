package io.signalbox.core.pool;

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

  void refuse(String reason) {
    effects.emit(new Effect.Refuse(reason));
  }

  void publish(JobEvent event) {
    effects.emit(new Effect.Publish(event));
  }
}
