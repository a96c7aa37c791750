package io.signalbox.simulator.workload;

import java.nio.file.Path;
import java.util.List;

/**
 * Requests to a language model, as a service recorded them.
 *
 * @param name the file's name without its extension
 * @param requests in the order of time, the first at 0; at least one
 */
public record ArrivalTrace(String name, List<Request> requests) {
  public ArrivalTrace {
    requests = List.copyOf(requests);
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("a trace has at least one request");
    }
  }

  /**
   * One request.
   *
   * @param atSeconds when it came, after the first one
   * @param contextTokens length of what was asked
   * @param generatedTokens length of the answer
   */
  public record Request(double atSeconds, int contextTokens, int generatedTokens) {}

  /**
   * Reads a trace in CSV: a line of headings, if any, and a line a request, {@code time,context
   * tokens,generated tokens}. A time is {@code 2023-11-16 18:15:46.68} or a number of seconds.
   *
   * @param file the file
   * @param most requests that are read; what follows is left aside
   * @throws InvalidFileException if the file can't be read or a line is wrong, naming every place
   */
  public static ArrivalTrace read(Path file, int most) throws InvalidFileException {
    return new ArrivalTrace(Document.baseName(file), ArrivalTraceFile.read(file, most));
  }

  /** When the requests come. */
  public double[] seconds() {
    return requests.stream().mapToDouble(Request::atSeconds).toArray();
  }
}
