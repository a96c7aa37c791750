package io.signalbox.worker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import reactor.core.scheduler.Schedulers;

/**
 * The machine that this JVM runs on, as OSHI tells: memory that can be had, load of the processors
 * and mean time of a disk transfer, both since the last look. The first look takes a third of a
 * second and each one may wait for a disk, so a heartbeat asks for the next reading and carries the
 * last one.
 *
 * <p>In a container that may have less than its machine, memory and load are what the JVM knows of
 * the container; so they are where OSHI can't measure.
 */
final class MachineProbe implements DeviceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(MachineProbe.class);

  private static final @Nullable OperatingSystemMXBean JVM =
      ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known
          ? known
          : null;

  private final Executor executor;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile DeviceReading last = DeviceReading.UNKNOWN;
  private @Nullable Machine machine;
  private boolean warned;

  /** A probe whose looks the executor takes. */
  MachineProbe(Executor executor) {
    this.executor = executor;
  }

  /** A probe that takes a thread only while it looks. */
  static MachineProbe started() {
    return new MachineProbe(look -> Schedulers.boundedElastic().schedule(look));
  }

  @Override
  public DeviceReading read() {
    if (underWay.compareAndSet(false, true)) {
      executor.execute(this::look);
    }
    return last;
  }

  private void look() {
    try {
      if (machine == null) {
        machine = new Machine(new SystemInfo().getHardware());
      }
      last = machine.read();
    } catch (RuntimeException | LinkageError e) {
      if (!warned) {
        LOG.warn("OSHI can't measure this machine; what the JVM knows of it must do", e);
        warned = true;
      }
      last = ofJvm(null);
    } finally {
      underWay.set(false);
    }
  }

  private static DeviceReading ofJvm(@Nullable Double ioLatencyMillis) {
    return JVM == null
        ? DeviceReading.UNKNOWN
        : new DeviceReading(
            JVM.getTotalMemorySize(),
            JVM.getFreeMemorySize(),
            JVM.getCpuLoad(),
            null,
            ioLatencyMillis,
            true);
  }

  /** Two looks at the same counters make a reading. */
  private static final class Machine {
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final List<HWDiskStore> disks;
    private final boolean contained;
    private long[] ticks;
    private Transfers transfers;

    Machine(HardwareAbstractionLayer hardware) {
      processor = hardware.getProcessor();
      memory = hardware.getMemory();
      disks = hardware.getDiskStores();
      ticks = processor.getSystemCpuLoadTicks();
      transfers = Transfers.of(disks);
      contained = JVM != null && JVM.getTotalMemorySize() < memory.getTotal();
    }

    DeviceReading read() {
      double load = processor.getSystemCpuLoadBetweenTicks(ticks);
      ticks = processor.getSystemCpuLoadTicks();
      disks.forEach(HWDiskStore::updateAttributes);
      Transfers now = Transfers.of(disks);
      Double latency = now.meanMillisSince(transfers);
      transfers = now;
      return contained
          ? ofJvm(latency)
          : new DeviceReading(memory.getTotal(), memory.getAvailable(), load, null, latency, true);
    }
  }

  /**
   * What all disks have done since the machine started.
   *
   * @param count reads and writes
   * @param millis for which they were busy
   */
  record Transfers(long count, long millis) {
    static Transfers of(List<HWDiskStore> disks) {
      long count = 0;
      long millis = 0;
      for (HWDiskStore disk : disks) {
        count += disk.getReads() + disk.getWrites();
        millis += disk.getTransferTime();
      }
      return new Transfers(count, millis);
    }

    /** Mean time of a transfer since then; null when there was none, or a disk has gone. */
    @Nullable Double meanMillisSince(Transfers then) {
      long more = count - then.count;
      return more > 0 && millis >= then.millis ? (double) (millis - then.millis) / more : null;
    }
  }
}
