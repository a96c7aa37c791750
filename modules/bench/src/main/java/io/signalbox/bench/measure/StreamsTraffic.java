package io.signalbox.bench.measure;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What the Kafka clients of one Kafka Streams application in this process have moved since they
 * were opened, as their own metrics say.
 *
 * @param recordsRead records read
 * @param bytesRead their bytes, decompressed
 * @param recordsWritten records sent to topics that are read by others
 * @param bytesWritten their bytes, as sent
 * @param recordsKept records sent to changelogs
 * @param bytesKept their bytes, as sent
 */
public record StreamsTraffic(
    double recordsRead,
    double bytesRead,
    double recordsWritten,
    double bytesWritten,
    double recordsKept,
    double bytesKept) {
  private static final String FETCHED = "kafka.consumer:type=consumer-fetch-manager-metrics,*";
  private static final String SENT = "kafka.producer:type=producer-topic-metrics,*";

  /** As it is now. */
  public static StreamsTraffic of(String applicationId) {
    return new StreamsTraffic(
        sum(FETCHED, applicationId, "records-consumed-total", null),
        sum(FETCHED, applicationId, "bytes-consumed-total", null),
        sum(SENT, applicationId, "record-send-total", false),
        sum(SENT, applicationId, "byte-total", false),
        sum(SENT, applicationId, "record-send-total", true),
        sum(SENT, applicationId, "byte-total", true));
  }

  /** What was moved since an earlier reading. */
  public StreamsTraffic since(StreamsTraffic earlier) {
    return new StreamsTraffic(
        recordsRead - earlier.recordsRead,
        bytesRead - earlier.bytesRead,
        recordsWritten - earlier.recordsWritten,
        bytesWritten - earlier.bytesWritten,
        recordsKept - earlier.recordsKept,
        bytesKept - earlier.bytesKept);
  }

  /** This divided by a number, for instance of tasks. */
  public StreamsTraffic per(long count) {
    return new StreamsTraffic(
        recordsRead / count,
        bytesRead / count,
        recordsWritten / count,
        bytesWritten / count,
        recordsKept / count,
        bytesKept / count);
  }

  /** All records, in and out. */
  public double records() {
    return recordsRead + recordsWritten + recordsKept;
  }

  private static double sum(
      String beans,
      String applicationId,
      String attribute,
      @org.jspecify.annotations.Nullable Boolean changelog) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    double sum = 0;
    try {
      Set<ObjectName> names = server.queryNames(new ObjectName(beans), null);
      for (ObjectName name : names) {
        String topic = name.getKeyProperty("topic");
        boolean meant =
            String.valueOf(name.getKeyProperty("client-id")).contains(applicationId)
                && (changelog == null) == (topic == null)
                && (changelog == null || topic.contains("-changelog") == changelog);
        if (meant && server.getAttribute(name, attribute) instanceof Double value) {
          sum += Double.isNaN(value) ? 0 : value;
        }
      }
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(beans, e);
    } catch (JMException e) {
      // A client was closed between the two questions: it moves nothing any more.
      return sum;
    }
    return sum;
  }
}
