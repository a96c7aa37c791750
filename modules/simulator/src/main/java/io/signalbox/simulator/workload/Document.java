package io.signalbox.simulator.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a file of JSON or YAML, told apart by how it begins rather than by its name. */
final class Document {
  static final String EMPTY = "the file is empty; it should hold JSON or YAML";
  static final long BYTES = 100L << 20;

  /** What stands in for bytes that can't be decoded. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Path file;
  private final Problems problems;

  private Document(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file's one value, as the place from which its parts are reached. */
  static Place read(Path file) throws InvalidFileException {
    Problems problems = new Problems(file);
    return Place.root(new Document(file, problems).tree(), problems);
  }

  /** The file's text, for formats that are neither. */
  static String text(Path file, Problems problems) throws InvalidFileException {
    Document document = new Document(file, problems);
    return document.text(document.bytes());
  }

  /** The file's name without its extension, in characters that a name may have. */
  static String baseName(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return Names.sanitised(dot > 0 ? name.substring(0, dot) : name);
  }

  private Value tree() throws InvalidFileException {
    String text = text(bytes());
    String begin = text.stripLeading();
    if (begin.isEmpty()) {
      throw wrong(0, 0, EMPTY);
    }
    try {
      return begin.startsWith("{") || begin.startsWith("[") ? braced(text) : YamlTree.read(text);
    } catch (SyntaxException e) {
      throw wrong(e.line(), e.column(), e.text());
    }
  }

  /** Nearly always JSON, but YAML's flow style begins the same way. */
  private Value braced(String text) throws SyntaxException {
    try {
      return JsonTree.read(text);
    } catch (SyntaxException json) {
      String name = file.toString().toLowerCase(Locale.ROOT);
      if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
        throw json;
      }
      return YamlTree.read(text);
    }
  }

  private byte[] bytes() throws InvalidFileException {
    try {
      if (Files.isDirectory(file)) {
        throw wrong(0, 0, "is a folder; name a file in it");
      }
      long size = Files.size(file);
      if (size > BYTES) {
        throw wrong(0, 0, "has %d bytes; at most %d are read, split it".formatted(size, BYTES));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw wrong(0, 0, "no such file; check the path");
    } catch (IOException e) {
      throw wrong(0, 0, "can't be read: " + e);
    }
  }

  private String text(byte[] bytes) throws InvalidFileException {
    int start = bytes.length >= 3 && startsWithMark(bytes) ? 3 : 0;
    String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(ByteBuffer.wrap(bytes, start, bytes.length - start));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw notText(text.substring(0, i), "control character 0x%02X".formatted((int) c));
      }
    }
    return text;
  }

  /** Slower than decoding with replacement, but says where; a replacement may be the file's own. */
  private void requireUtf8(ByteBuffer in) throws InvalidFileException {
    CharBuffer out = CharBuffer.allocate(in.remaining());
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      String before = out.flip().toString();
      throw notText(before, "byte 0x%02X isn't UTF-8".formatted(in.get(in.position())));
    }
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
  }

  private InvalidFileException notText(String before, String what) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    int column = before.length() - before.lastIndexOf('\n');
    return wrong(line, column, what + "; the file should be text, JSON or YAML in UTF-8");
  }

  private InvalidFileException wrong(int line, int column, String text) {
    problems.add(line, column, text);
    return problems.exception();
  }
}
