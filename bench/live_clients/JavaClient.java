import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Java client. See README.md. */
public class JavaClient {
  static final Map<String, Map<String, String>> MODES = Map.of(
      "classic", Map.of(),
      "cooperative", Map.of("partition.assignment.strategy",
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
      "static", Map.of("group.instance.id", "seat"),
      "consumer", Map.of("group.protocol", "consumer"));

  static KafkaProducer<String, String> producer(String bootstrap, String setting, String value) {
    Properties settings = new Properties();
    settings.putAll(Map.of("bootstrap.servers", bootstrap, "linger.ms", "20", setting, value));
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  static void send(KafkaProducer<String, String> producer, String topic, String word) {
    for (int i = 0; i < 50; ++i)
      producer.send(new ProducerRecord<>(topic, i % 2, null, word + " " + i + " " + "a".repeat(200)));
    producer.flush();
  }

  static void produce(String bootstrap, String topic, String codecs, String endings) {
    for (String codec : codecs.split(","))
      try (var producer = producer(bootstrap, "compression.type", codec)) {
        send(producer, topic, codec);
      }
    if (endings.equals("-")) return;
    try (var producer = producer(bootstrap, "transactional.id", topic + "-transaction")) {
      producer.initTransactions();
      for (String ending : endings.split(",")) {
        producer.beginTransaction();
        send(producer, topic, ending);
        if (ending.equals("committed"))
          producer.commitTransaction();
        else
          producer.abortTransaction();
      }
    }
  }

  static void consume(String bootstrap, String topic, String group, String isolation, String mode, int count) {
    Properties settings = new Properties();
    settings.putAll(Map.of("bootstrap.servers", bootstrap, "group.id", group, "isolation.level", isolation,
        "auto.offset.reset", "earliest", "enable.auto.commit", "false", "max.poll.records", "20"));
    settings.putAll(MODES.get(mode));
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (count > 0)
        for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofSeconds(1))) {
          System.out.println(message.partition() + " " + message.offset());
          --count;
        }
      consumer.commitSync();
    }
  }

  public static void main(String[] args) {
    if (args[0].equals("produce"))
      produce(args[1], args[2], args[3], args[4]);
    else
      consume(args[1], args[2], args[3], args[4], args[5], Integer.parseInt(args[6]));
  }
}
