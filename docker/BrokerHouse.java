import com.yammer.metrics.core.MetricsRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;

/**
 * A JVM in which many brokers live, each a cluster of its own, as kafka.Kafka has one. BrokerHouse SOCKET
 *
 * <p>A broker is a connection to the socket: it begins with a line that names a server.properties, to which
 * "started" or "failed: WHY" is the answer, and the broker is shut down when the client ends its side. This
 * side ends when the broker has.
 */
public class BrokerHouse {
  private static final AtomicInteger lodgers = new AtomicInteger();

  public static void main(String[] arguments) throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    // A broker that cannot go on ends alone.
    Exit.setExitProcedure(BrokerHouse::refuseToEnd);
    Exit.setHaltProcedure(BrokerHouse::refuseToEnd);
    door.bind(UnixDomainSocketAddress.of(arguments[0]));
    while (true) {
      SocketChannel client = door.accept();
      new Thread(() -> lodge(client), "lodger").start();
    }
  }

  private static void refuseToEnd(int status, String message) {
    throw new IllegalStateException(message == null ? "the broker wants to end" : message);
  }

  private static void lodge(SocketChannel client) {
    lodgers.incrementAndGet();
    try (client) {
      BufferedReader in = new BufferedReader(
          new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
      KafkaRaftServer broker = start(in.readLine(), Channels.newOutputStream(client));
      if (broker == null) return;
      waitForEnd(in);
      broker.shutdown();
      broker.awaitShutdown();
    } catch (IOException gone) {
      // There is nobody left to tell.
    } finally {
      if (lodgers.decrementAndGet() == 0) tidyUp();
    }
  }

  /** Gauges that a broker leaves behind hold all of it; and collecting takes longest while nobody waits. */
  private static void tidyUp() {
    MetricsRegistry metrics = KafkaYammerMetrics.defaultRegistry();
    metrics.allMetrics().keySet().forEach(metrics::removeMetric);
    System.gc();
  }

  /** Null where it does not start. */
  private static KafkaRaftServer start(String config, OutputStream out) throws IOException {
    KafkaRaftServer broker = null;
    try {
      broker = new KafkaRaftServer(configIn(Path.of(config)), Time.SYSTEM);
      broker.startup();
      say(out, "started");
      return broker;
    } catch (Exception failure) {
      if (broker != null) broker.shutdown();
      say(out, "failed: " + failure);
      return null;
    }
  }

  private static KafkaConfig configIn(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return KafkaConfig.fromProps(properties, false);
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer.lines().findFirst().orElse("") + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void waitForEnd(BufferedReader in) {
    try {
      while (in.readLine() != null) continue;
    } catch (IOException reset) {
      // An end as well.
    }
  }
}
