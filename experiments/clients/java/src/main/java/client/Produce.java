package client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import sun.misc.Signal;

/** Sends the records of a plan. */
final class Produce {
  private final JsonNode plan;
  private final String flush;
  private final JsonNode transaction;
  private final KafkaProducer<String, String> producer;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private int sent = 0;

  Produce(JsonNode plan, Properties settings) {
    this.plan = plan;
    flush = plan.path("flush").asText("end");
    transaction = plan.get("transaction");
    producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  void run() throws InterruptedException {
    String end = plan.path("end").asText("close");
    if (end.equals("stay")) {
      Signal.handle(new Signal("TERM"), signal -> stopped.countDown());
    }
    sendAll();
    if (end.equals("stay")) {
      stopped.await();
    }
    if (!end.equals("exit")) {
      producer.close();
    }
  }

  private void sendAll() throws InterruptedException {
    int total = plan.get("records").size() * plan.path("repeat").asInt(1);
    if (transaction != null) {
      producer.initTransactions();
    }
    while (sent < total && stopped.getCount() > 0) {
      if (transaction != null && sent % transaction.get("size").asInt() == 0) {
        producer.beginTransaction();
      }
      send(plan.get("records").get(sent % plan.get("records").size()));
      ++sent;
      if (flush.equals("each")) {
        flush();
      }
      if (transaction != null && (sent % transaction.get("size").asInt() == 0 || sent == total)) {
        endTransaction();
      }
      Thread.sleep(plan.path("pause_ms").asInt(0));
    }
    if (flush.equals("end") && transaction == null) {
      flush();
    }
  }

  private void send(JsonNode record) {
    String value = record.get("value").textValue();
    long began = System.nanoTime();
    try {
      producer.send(recordOf(record), (metadata, error) -> {
        double ms = Output.since(began);
        if (error == null) {
          Output.print("acked", value, "partition", metadata.partition(), "offset", metadata.offset(), "ms", ms);
        } else {
          Output.print("failed", value, "error", Output.text(error), "ms", ms);
        }
      });
      Output.print("sent", value, "ms", Output.since(began));
    } catch (RuntimeException e) {
      Output.print("failed", value, "error", Output.text(e), "ms", Output.since(began));
    }
  }

  private ProducerRecord<String, String> recordOf(JsonNode record) {
    var made = new ProducerRecord<>(plan.get("topic").textValue(),
        record.has("partition") ? record.get("partition").intValue() : null,
        record.has("timestamp") ? record.get("timestamp").longValue() : null,
        record.path("key").textValue(), record.get("value").textValue());
    record.path("headers").fields().forEachRemaining(header ->
        made.headers().add(header.getKey(), header.getValue().textValue().getBytes(StandardCharsets.UTF_8)));
    return made;
  }

  private void flush() {
    long began = System.nanoTime();
    producer.flush();
    Output.print("flushed", true, "ms", Output.since(began));
  }

  private void endTransaction() {
    if (flush.equals("end")) {
      flush(); // the records leave now: an abort drops those that have not left
    }
    JsonNode endings = transaction.get("endings");
    int number = (sent - 1) / transaction.get("size").asInt();
    if (endings.get(number % endings.size()).textValue().equals("commit")) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }
}
