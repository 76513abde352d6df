package io.mcpdata.audit;

import java.util.regex.Pattern;

/**
 * The last line of defence for what is written down: what looks like a credential is replaced, control characters are
 * spelled out, and length is bounded.
 */
final class AuditText {

    private static final Pattern CREDENTIAL = Pattern.compile(
            "(?i)bearer\\s+\\S+|api_key=[^&\\s\"]+|mcpdp_[A-Za-z0-9_-]+|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private AuditText() {}

    static String safe(String text, int longest) {
        String redacted = CREDENTIAL.matcher(text).replaceAll("[redacted]");
        String encoded = CONTROL.matcher(redacted)
                .replaceAll(match ->
                        String.format("\\\\\\\\u%04x", (int) match.group().charAt(0)));
        return encoded.length() <= longest ? encoded : encoded.substring(0, longest - 1) + "\u2026";
    }
}
