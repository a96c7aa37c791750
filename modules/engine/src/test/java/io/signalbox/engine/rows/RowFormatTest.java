package io.signalbox.engine.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.signalbox.core.pool.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Version 1 byte for byte: changelogs hold what it wrote, so it must be read for ever. */
class RowFormatTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Lines of kind, key and value, written by the first release from these samples. */
  private final List<Row> samples = new RowSamples(new Random(7)).ofTheFirstRelease();

  private static List<String> lines() throws IOException {
    try (InputStream in = RowFormatTest.class.getResourceAsStream("version-1.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void whatVersionOneWroteIsRead() throws IOException {
    List<Row> read =
        lines().stream()
            .map(line -> line.split(" "))
            .map(parts -> {
              StoreKey key = StoreKey.of(Bytes.wrap(HEX.parseHex(parts[1])));
              assertEquals(parts[0], key.row().kind().name());
              return RowCodec.decode(key.pool(), key.row(), HEX.parseHex(parts[2]));
            })
            .toList();
    assertEquals(samples, read);
  }

  @Test
  void versionOneIsWrittenAsEver() throws IOException {
    List<String> written =
        samples.stream()
            .map(row ->
                row.key().kind()
                    + " "
                    + HEX.formatHex(new StoreKey("p", row.key()).toBytes().get())
                    + " "
                    + HEX.formatHex(RowCodec.encode(row)))
            .toList();
    assertEquals(lines(), written);
  }
}
