package client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.AppInfoParser;

/** The Java client: does what a plan says and prints what comes of it. See ../README.md. */
final class Client {
  public static void main(String[] args) throws Exception {
    JsonNode plan = new ObjectMapper().readTree(new File(args[0]));
    Output.print("client", "java", "version", AppInfoParser.getVersion());
    try {
      switch (plan.get("do").textValue()) {
        case "produce" -> new Produce(plan, settings(plan, ProducerConfig.configNames())).run();
        case "consume" -> new Consume(plan, settings(plan, ConsumerConfig.configNames())).run();
        default -> printDefaults(plan.get("names"));
      }
    } catch (Exception e) {
      Output.error(e);
      System.exit(1);
    }
    System.exit(0);
  }

  /** The settings of the plan. Ends the program if the client does not know one of them. */
  private static Properties settings(JsonNode plan, Set<String> known) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", plan.get("bootstrap").textValue());
    plan.path("settings").fields().forEachRemaining(setting -> {
      if (!known.contains(setting.getKey())) {
        Output.print("unsupported", setting.getKey());
        System.exit(3);
      }
      settings.put(setting.getKey(), setting.getValue().textValue());
    });
    return settings;
  }

  /** Prints the defaults, of the producer where both have a setting of this name. */
  private static void printDefaults(JsonNode names) {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (JsonNode name : names) {
      for (ConfigDef settings : new ConfigDef[] {ConsumerConfig.configDef(), ProducerConfig.configDef()}) {
        ConfigDef.ConfigKey key = settings.configKeys().get(name.textValue());
        if (key != null && key.hasDefault() && key.defaultValue != null) {
          defaults.put(key.name, text(key.defaultValue));
        }
      }
    }
    Output.print("defaults", defaults);
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Client::text).collect(Collectors.joining(","));
    }
    return value instanceof Class<?> type ? type.getName() : value.toString();
  }
}
