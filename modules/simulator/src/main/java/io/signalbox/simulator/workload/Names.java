package io.signalbox.simulator.workload;

import io.signalbox.core.pool.PoolSettings.Limits;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names may look like: jobs, tasks, operations, tenants, and narrower for device classes. */
final class Names {
  private static final int LONGEST = Limits.DEFAULT.nameCharacters();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1," + LONGEST + "}");
  private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9._:-]");

  private Names() {}

  /** A name, or null after a problem was noted. */
  static @Nullable String name(Place place) {
    return matching(place, NAME, "1 to " + LONGEST + " characters of A-Z a-z 0-9 . _ : -");
  }

  /** The name of a device class, or null after a problem was noted. */
  static @Nullable String deviceClass(Place place) {
    return matching(place, CLASS, "1 to 100 characters of A-Z a-z 0-9 . _ -");
  }

  private static @Nullable String matching(Place place, Pattern pattern, String rule) {
    String text = place.text();
    if (text == null || pattern.matcher(text).matches()) {
      return text;
    }
    place.problem("is %s; a name has %s".formatted(Place.quoted(text), rule));
    return null;
  }

  /** The text with each character that a name can't have replaced by {@code _}, cut to length. */
  static String sanitised(String text) {
    String allowed = FORBIDDEN.matcher(text).replaceAll("_");
    return allowed.isEmpty() ? "_" : allowed.substring(0, Math.min(LONGEST, allowed.length()));
  }

  /** Like {@link #sanitised(String)}, with a number at the end where the name is taken. */
  static String sanitised(String text, Set<String> taken) {
    String name = sanitised(text);
    for (int i = 2; !taken.add(name); i++) {
      String suffix = "-" + i;
      String stem = sanitised(text);
      name = stem.substring(0, Math.min(stem.length(), LONGEST - suffix.length())) + suffix;
    }
    return name;
  }

  /**
   * Ids as names that differ: those that are names already stay as they are, and of several alike
   * the first does.
   */
  static List<String> distinct(List<String> ids) {
    Set<String> taken = new HashSet<>();
    Set<String> kept = new HashSet<>();
    ids.stream().filter(id -> NAME.matcher(id).matches()).forEach(taken::add);
    return ids.stream()
        .map(id -> taken.contains(id) && kept.add(id) ? id : sanitised(id, taken))
        .toList();
  }

  /** {@code "; did you mean "x"?"} for the nearest candidate, or nothing when none is near. */
  static String suggestion(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return "";
    }
    String nearest = null;
    int best = Math.max(1, word.length() / 3) + 1;
    // A long list of ids is searched in part: a hint isn't worth minutes.
    for (String candidate : candidates.stream().limit(10_000).sorted().toList()) {
      if (Math.abs(candidate.length() - word.length()) >= best) {
        continue;
      }
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
  }

  /** Edits between two words, two letters changing places counted as one (Damerau, Levenshtein). */
  private static int distance(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : edits(a, i, b, j, rows);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int edits(String a, int i, String b, int j, int[][] rows) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int edits = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
    edits = Math.min(edits, rows[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(edits, rows[i - 2][j - 2] + 1) : edits;
  }
}
