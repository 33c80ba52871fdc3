// Makes messages.txt.gz: random messages of every spec in kafka-clients.jar at every valid version, written by Kafka's own
// generated classes. A line is "name version hex json"; the JSON is what Kafka's own converter makes of the message.
//
//   java -cp "$HOME/.cache/klab/kafka/4.3.0/jars/*" runners/wire/golden/MakeVectors.java runners/wire/golden/messages.txt.gz
//
// The seed is fixed: the same jar gives the same file. Random JSON that fits the spec goes through Kafka's converter into a
// message; a mistake of this program would be refused there.

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.protocol.types.RawTaggedField;

public class MakeVectors {
  static final int MESSAGES_A_VERSION = 4;
  static final Random RANDOM = new Random(20260101);
  static final ObjectMapper JSON = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  public static void main(String[] args) throws Exception {
    try (PrintStream out = new PrintStream(new GZIPOutputStream(new FileOutputStream(args[0])), false, "UTF-8")) {
      for (JsonNode spec : specs().values()) {
        if (!spec.has("fields")) continue;
        for (int version = 0; version <= 100; ++version)
          if (covers(spec.get("validVersions").asText(), version))
            for (int i = 0; i < MESSAGES_A_VERSION; ++i) out.println(new Vector(spec, (short) version).line());
      }
    }
  }

  /** By name, so that the order does not depend on the jar. */
  static Map<String, JsonNode> specs() throws Exception {
    Map<String, JsonNode> specs = new TreeMap<>();
    String path = Message.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (JarFile jar = new JarFile(path)) {
      for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator)
        if (entry.getName().startsWith("common/message/") && entry.getName().endsWith(".json"))
          specs.put(entry.getName(), JSON.readTree(jar.getInputStream(entry)));
    }
    return specs;
  }

  static boolean covers(String versions, int version) {
    if (versions.equals("none")) return false;
    if (versions.endsWith("+")) return version >= Integer.parseInt(versions.substring(0, versions.length() - 1));
    String[] ends = versions.split("-");
    return version >= Integer.parseInt(ends[0]) && version <= Integer.parseInt(ends[ends.length - 1]);
  }

  /** One random message of one version. */
  static class Vector {
    final JsonNode spec;
    final short version;
    final Map<String, JsonNode> structs = new HashMap<>();

    Vector(JsonNode spec, short version) {
      this.spec = spec;
      this.version = version;
      for (JsonNode struct : spec.path("commonStructs")) structs.put(struct.get("name").asText(), struct.get("fields"));
    }

    String line() throws Exception {
      String name = spec.get("name").asText();
      boolean hasSuffix = !spec.get("type").asText().equals("data");
      String type = "org.apache.kafka.common.message." + name + (hasSuffix ? "Data" : "");
      Class<?> messageClass = Class.forName(type), converter = Class.forName(type + "JsonConverter");
      ObjectNode given = struct(spec.get("fields"));
      Message message =
          (Message) converter.getMethod("read", JsonNode.class, short.class).invoke(null, given, version);
      ArrayNode unknownTags = addUnknownTags(message);
      ObjectNode json =
          (ObjectNode) converter.getMethod("write", messageClass, short.class).invoke(null, message, version);
      restoreRecords(given, json);
      if (!unknownTags.isEmpty()) json.set("unknownTags", unknownTags);
      return name + " " + version + " " + HexFormat.of().formatHex(bytesOf(message)) + " " + json;
    }

    /** Kafka's converters write records as empty bytes. */
    void restoreRecords(JsonNode given, JsonNode json) {
      for (int i = 0; i < json.size() && json.isArray(); ++i) restoreRecords(given.get(i), json.get(i));
      for (var names = json.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (json.get(name).isBinary()) ((ObjectNode) json).set(name, given.get(name));
        else if (given.has(name)) restoreRecords(given.get(name), json.get(name));
      }
    }

    byte[] bytesOf(Message message) {
      ObjectSerializationCache cache = new ObjectSerializationCache();
      ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
      message.write(new ByteBufferAccessor(buffer), cache, version);
      if (buffer.hasRemaining()) throw new IllegalStateException("size() is wrong");
      return buffer.array();
    }

    /** Kafka's converters drop them, so the line gets them from here. */
    ArrayNode addUnknownTags(Message message) {
      ArrayNode tags = JSON.createArrayNode();
      if (!covers(spec.get("flexibleVersions").asText(), version) || RANDOM.nextInt(4) > 0) return tags;
      for (int tag = 1000; tag < 1000 + 1 + RANDOM.nextInt(2); ++tag) {
        byte[] bytes = bytes(RANDOM.nextInt(6));
        message.unknownTaggedFields().add(new RawTaggedField(tag, bytes));
        tags.add(JSON.createObjectNode().put("tag", tag).put("bytes", bytes));
      }
      return tags;
    }

    ObjectNode struct(JsonNode fields) {
      ObjectNode object = JSON.createObjectNode();
      for (JsonNode field : fields) {
        boolean tagged = covers(field.path("taggedVersions").asText("none"), version);
        String versions = field.path("versions").asText(field.path("taggedVersions").asText("none"));
        if (!covers(versions, version) || (tagged && RANDOM.nextBoolean())) continue;
        String name = field.get("name").asText();
        object.set(Character.toLowerCase(name.charAt(0)) + name.substring(1), value(field));
      }
      return object;
    }

    JsonNode value(JsonNode field) {
      if (covers(field.path("nullableVersions").asText("none"), version) && RANDOM.nextInt(4) == 0) return JSON.nullNode();
      String type = field.get("type").asText();
      if (!type.startsWith("[]")) return element(type, field);
      ArrayNode array = JSON.createArrayNode();
      for (int i = RANDOM.nextInt(3); i > 0; --i) array.add(element(type.substring(2), field));
      return array;
    }

    JsonNode element(String type, JsonNode field) {
      var nodes = JSON.getNodeFactory();
      switch (type) {
        case "bool": return nodes.booleanNode(RANDOM.nextBoolean());
        case "int8": return nodes.numberNode((byte) RANDOM.nextInt());
        case "int16": return nodes.numberNode((short) RANDOM.nextInt());
        case "uint16": return nodes.numberNode(RANDOM.nextInt(0x10000));
        case "int32": return nodes.numberNode(RANDOM.nextInt());
        case "uint32": return nodes.numberNode(RANDOM.nextLong(0x100000000L));
        case "int64": return nodes.numberNode(RANDOM.nextLong());
        case "float64": return nodes.numberNode(RANDOM.nextGaussian());
        case "uuid": return nodes.textNode(new Uuid(RANDOM.nextLong(), RANDOM.nextLong()).toString());
        case "string": return nodes.textNode(text());
        case "bytes", "records": return nodes.binaryNode(bytes(length()));
        default: return struct(field.has("fields") ? field.get("fields") : structs.get(type));
      }
    }
  }

  /** Short as a rule; now and then so long that its length takes two bytes as a varint. */
  static int length() { return RANDOM.nextInt(32) == 0 ? 120 + RANDOM.nextInt(40) : RANDOM.nextInt(8); }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static String text() {
    String letters = "abcdefghijklmnopqrstuvwxyz-._ \"\\\n\u00e9\u6f22\ud83d\ude00";
    int[] points = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = length(); i > 0; --i) text.appendCodePoint(points[RANDOM.nextInt(points.length)]);
    return text.toString();
  }
}
