package client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import sun.misc.Signal;

/** Receives records as a plan says. */
final class Consume implements ConsumerRebalanceListener {
  private final JsonNode plan;
  private final String commit;
  private final KafkaConsumer<String, String> consumer;
  private final Map<TopicPartition, OffsetAndMetadata> positions = new LinkedHashMap<>();
  private int received = 0;

  Consume(JsonNode plan, Properties settings) {
    this.plan = plan;
    commit = plan.path("commit").asText("none");
    if (plan.has("group")) {
      settings.put("group.id", plan.get("group").textValue());
    }
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  void run() throws InterruptedException {
    Signal.handle(new Signal("TERM"), signal -> consumer.wakeup());
    start();
    try {
      while (!isDone()) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          receive(record);
          if (isDone()) {
            break;
          }
        }
      }
    } catch (WakeupException e) {
      // told to stop
    }
    if (plan.path("end").asText("close").equals("exit")) {
      Runtime.getRuntime().halt(0);
    }
    if (commit.equals("end")) {
      commit(positions);
    }
    consumer.close();
  }

  private void start() {
    List<String> topics = new ArrayList<>();
    plan.get("topics").forEach(topic -> topics.add(topic.textValue()));
    if (!plan.has("partitions")) {
      consumer.subscribe(topics, this);
      return;
    }
    List<TopicPartition> partitions = new ArrayList<>();
    plan.get("partitions").forEach(number -> partitions.add(new TopicPartition(topics.get(0), number.intValue())));
    consumer.assign(partitions);
  }

  private boolean isDone() {
    return plan.has("count") && received >= plan.get("count").intValue();
  }

  private void receive(ConsumerRecord<String, String> record) throws InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
    }
    Output.print("received", record.value(), "topic", record.topic(), "partition", record.partition(), "offset",
        record.offset(), "key", record.key(), "timestamp", record.timestamp(), "headers", headers, "ms",
        Output.sinceStart());
    ++received;
    var partition = new TopicPartition(record.topic(), record.partition());
    positions.put(partition, new OffsetAndMetadata(record.offset() + 1));
    if (commit.equals("each")) {
      commit(Map.of(partition, positions.get(partition)));
    }
    if (plan.has("stall_after") && received == plan.get("stall_after").intValue()) {
      Thread.sleep(plan.get("stall_ms").intValue());
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
      Output.print("committed", true, "ms", Output.sinceStart());
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      Output.error(e); // such as a member that was removed: it goes on and joins again
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Output.print("assigned", list(partitions), "ms", Output.sinceStart());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    Output.print("revoked", list(partitions), "ms", Output.sinceStart());
  }

  private static List<List<Object>> list(Collection<TopicPartition> partitions) {
    return partitions.stream().map(it -> List.<Object>of(it.topic(), it.partition())).toList();
  }
}
