package io.mcpdata.audit;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last protection for stored and logged text: replaces text that looks like a credential, escapes characters that
 * control a terminal or hide text, and limits the length. Its time depends on the limit only, not on the text.
 */
final class AuditText {

    private static final String REDACTED = "[redacted]";

    /** Keeps the name of the credential, and replaces the credential in group 2. */
    private static final Pattern NAMED = Pattern.compile(
            "((?:authorization|api[_-]?key|[a-z_]{0,20}token|client_secret|secret|passw(?:or)?d|pwd)\\\\?[\"']?\\s{0,8}[=:]\\s{0,8}"
                    + "(?:(?:basic|bearer|digest|negotiate)\\s{1,8})?)"
                    + "(\\\\?\"[^\"]*+\"?|'[^']*+'?|[^&\\s\"',;)}]++)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern BEARER =
            Pattern.compile("(bearer(?:\\s|%20|\\+){1,8})([^\\s\"',;)}]++)", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(//)([^/\\s\"'@]*+@)");
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_.-]++");
    private static final Pattern LAST_RUN = Pattern.compile("\\S++$");

    /** Controls, invisible and bidirectional marks, private characters, halves of pairs, separators of lines. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private static final int SLACK = 1024;

    private AuditText() {}

    static String safe(String text, int longest) {
        return encoded(redacted(bounded(text, longest + SLACK)), longest);
    }

    /**
     * Without redaction, for values that the platform has verified: two identities must not become one because their
     * subjects look like credentials, as {@code repo:org/secret:main} does.
     */
    static String encoded(String text, int longest) {
        String encoded = isPlain(text)
                ? text
                : UNSEEN.matcher(text)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(spelled(match.group().codePointAt(0))));
        if (encoded.length() <= longest) {
            return encoded;
        }
        int end = Character.isHighSurrogate(encoded.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return encoded.substring(0, end) + "\u2026";
    }

    /** Half a credential at the cut would not be recognised as one, so the last word is removed as a whole. */
    private static String bounded(String text, int longest) {
        return text.length() <= longest
                ? text
                : LAST_RUN.matcher(text.substring(0, longest)).replaceFirst("") + "\u2026";
    }

    private static String redacted(String text) {
        if (!mayHoldACredential(text)) {
            return text;
        }
        String unnamed = NAMED.matcher(text).replaceAll("$1" + REDACTED);
        String bearerless = BEARER.matcher(unnamed).replaceAll("$1" + REDACTED);
        String anonymous = USER_INFO.matcher(bearerless).replaceAll("$1" + REDACTED + "@");
        return RUN.matcher(anonymous).replaceAll(run -> looksLikeACredential(run.group()) ? REDACTED : run.group());
    }

    /** Without one of these parts, no pattern finds a credential. Most texts have none. */
    private static boolean mayHoldACredential(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean sign = switch (text.charAt(i)) {
                case '@' -> true;
                case 'a', 'A' -> has(text, i, "authorization");
                case 'b', 'B' -> has(text, i, "bearer");
                case 'e', 'E' -> has(text, i, "eyj");
                case 'k', 'K' -> has(text, i, "key");
                case 'm', 'M' -> has(text, i, "mcpdp_");
                case 'p', 'P' -> has(text, i, "passw") || has(text, i, "pwd");
                case 's', 'S' -> has(text, i, "secret");
                case 't', 'T' -> has(text, i, "token");
                default -> false;
            };
            if (sign) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(String text, int at, String part) {
        return text.regionMatches(true, at, part, 0, part.length());
    }

    /** A key that the platform made, or a JSON Web Token. */
    private static boolean looksLikeACredential(String run) {
        int token = run.indexOf("eyJ");
        int firstDot = token < 0 ? -1 : run.indexOf('.', token);
        return run.toLowerCase(Locale.ROOT).contains("mcpdp_") || firstDot >= 0 && run.indexOf('.', firstDot + 1) > 0;
    }

    /** Whether the text has no characters but those of printable ASCII. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String spelled(int codePoint) {
        return codePoint <= Character.MAX_VALUE
                ? String.format("\\u%04x", codePoint)
                : String.format("\\u{%x}", codePoint);
    }
}
