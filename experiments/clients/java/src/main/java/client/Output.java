package client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the program prints: a JSON object a line. */
final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START = System.nanoTime();

  private Output() {}

  /** Prints one object, given as names and values by turns. */
  static synchronized void print(Object... namesAndValues) {
    Map<Object, Object> line = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    try {
      System.out.println(JSON.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    System.out.flush();
  }

  static void error(Exception error) {
    print("error", text(error), "ms", sinceStart());
  }

  static String text(Throwable error) {
    String own = error.getClass().getSimpleName() + ": " + error.getMessage();
    return error.getCause() == null ? own : own + "; " + text(error.getCause());
  }

  /** Milliseconds since a moment of System.nanoTime(). */
  static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1000 / 1e3;
  }

  static double sinceStart() {
    return since(START);
  }
}
