package client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.FileWriter;
import java.io.Writer;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.connect.cli.ConnectStandalone;

/** A Connect worker with the settings of a plan, which runs until it is told to stop. */
final class Worker {
  public static void main(String[] args) throws Exception {
    JsonNode plan = new ObjectMapper().readTree(new File(args[0]));
    Properties settings = new Properties();
    settings.put("bootstrap.servers", plan.get("bootstrap").textValue());
    plan.get("settings").fields().forEachRemaining(it -> settings.put(it.getKey(), it.getValue().textValue()));
    File file = File.createTempFile("worker", ".properties");
    file.deleteOnExit();
    try (Writer writer = new FileWriter(file)) {
      settings.store(writer, null);
    }
    System.out.println(new ObjectMapper().createObjectNode().put("client", "connect")
        .put("version", AppInfoParser.getVersion()));
    ConnectStandalone.main(new String[] {file.getPath()});
  }
}
