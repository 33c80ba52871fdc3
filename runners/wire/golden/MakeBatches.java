// Makes batches.txt: record batches as Kafka's own classes write them. A line is "name hex".
//
//   java -cp "$HOME/.cache/klab/kafka/4.3.0/jars/*" runners/wire/golden/MakeBatches.java > runners/wire/golden/batches.txt

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

public class MakeBatches {
  static final long NOW = 1_700_000_000_000L;

  public static void main(String[] args) {
    for (var codec : new Compression[] {Compression.NONE, Compression.gzip().build(), Compression.snappy().build(),
                                        Compression.lz4().build(), Compression.zstd().build()})
      print(codec.type().name, MemoryRecords.withRecords(100L, codec, 7, thirty()));
    print("snappy-of-many-blocks", MemoryRecords.withRecords(Compression.snappy().build(), large()));
    print("idempotent", MemoryRecords.withIdempotentRecords(Compression.NONE, 4000L, (short) 3, 17, one()));
    print("transactional", MemoryRecords.withTransactionalRecords(Compression.NONE, 4001L, (short) 0, 0, one()));
    print("log-append-time", MemoryRecords.withRecords((byte) 2, 5L, Compression.NONE, TimestampType.LOG_APPEND_TIME, one()));
    print("commit", MemoryRecords.withEndTransactionMarker(40L, NOW, 7, 4001L, (short) 0,
                                                           new EndTransactionMarker(ControlRecordType.COMMIT, 9)));
    print("abort", MemoryRecords.withEndTransactionMarker(41L, NOW, 7, 4001L, (short) 1,
                                                          new EndTransactionMarker(ControlRecordType.ABORT, 9)));
    print("everything-null", MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(NOW, (byte[]) null, null)));
  }

  static byte[] bytes(String text) { return text.getBytes(StandardCharsets.UTF_8); }

  static SimpleRecord[] one() { return new SimpleRecord[] {new SimpleRecord(NOW, bytes("key"), bytes("value"))}; }

  static SimpleRecord[] thirty() {
    SimpleRecord[] records = new SimpleRecord[30];
    for (int i = 0; i < records.length; ++i) {
      Header[] headers = i % 10 == 0 ? new Header[] {new RecordHeader("trace", bytes("t" + i)), new RecordHeader("none", (byte[]) null)}
                                     : new Header[0];
      records[i] = new SimpleRecord(NOW + i, i % 7 == 3 ? null : bytes("key " + i), bytes("a value that is much like the others, " + i), headers);
    }
    return records;
  }

  /** More than the 32 KiB of one block. */
  static SimpleRecord[] large() {
    return new SimpleRecord[] {new SimpleRecord(NOW, null, bytes("x".repeat(100_000)))};
  }

  static void print(String name, MemoryRecords records) {
    ByteBuffer buffer = records.buffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    System.out.println(name + " " + HexFormat.of().formatHex(bytes));
  }
}
