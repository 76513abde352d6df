package io.mcpdata.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI template with simple variables, such as {@code table://{connection}/{schema}/{table}} (RFC 6570, level 1). A
 * variable has no slash in it, unless it is percent-encoded. Immutable and thread-safe.
 */
public final class UriTemplate {

    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_]+)}");
    private static final String UNRESERVED = "-._~";

    private final List<String> variables = new ArrayList<>();

    /** What stands before each variable, and at the end. */
    private final List<String> literals = new ArrayList<>();

    /** By the number of variables, each for the beginning of the template up to the literal after the last one. */
    private final List<Pattern> patterns = new ArrayList<>();

    /** @throws IllegalArgumentException if the template has no variable, or an expression that is not a simple variable */
    public UriTemplate(String template) {
        Matcher found = VARIABLE.matcher(template);
        int end = 0;
        while (found.find()) {
            literals.add(template.substring(end, found.start()));
            variables.add(found.group(1));
            end = found.end();
        }
        literals.add(template.substring(end));
        if (variables.isEmpty() || String.join("", literals).matches(".*[{}].*")) {
            throw new IllegalArgumentException("not a template of simple variables: " + template);
        }
        StringBuilder pattern = new StringBuilder(Pattern.quote(literals.get(0)));
        patterns.add(Pattern.compile(pattern.toString()));
        for (String literal : literals.subList(1, literals.size())) {
            patterns.add(Pattern.compile(
                    pattern.append("([^/]+)").append(Pattern.quote(literal)).toString()));
        }
    }

    /** In the order of the template. */
    public List<String> variables() {
        return List.copyOf(variables);
    }

    /** What stands before the first variable. */
    String beginning() {
        return literals.get(0);
    }

    /** @throws IllegalArgumentException if a value is missing */
    public String expand(Map<String, String> values) {
        StringBuilder uri = new StringBuilder(literals.get(0));
        for (int i = 0; i < variables.size(); i++) {
            String value = Optional.ofNullable(values.get(variables.get(i)))
                    .orElseThrow(() -> new IllegalArgumentException("a value is missing: " + values.keySet()));
            uri.append(encoded(value)).append(literals.get(i + 1));
        }
        return uri.toString();
    }

    /** The decoded values of a URI that the template can give; empty if it cannot give this URI. */
    public Optional<Map<String, String>> match(String uri) {
        Matcher whole = patterns.get(variables.size()).matcher(uri);
        return whole.matches() ? values(whole) : Optional.empty();
    }

    /** The decoded values that every URI with this beginning has. */
    Map<String, String> fixedBy(String beginning) {
        for (int known = variables.size(); known > 0; known--) {
            Matcher start = patterns.get(known).matcher(beginning);
            // a variable is complete only if the text after it has begun
            if (!literals.get(known).isEmpty() && start.lookingAt()) {
                return values(start).orElse(Map.of());
            }
        }
        return Map.of();
    }

    private Optional<Map<String, String>> values(Matcher match) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < match.groupCount(); i++) {
            Optional<String> value = decoded(match.group(i + 1));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(variables.get(i), value.get());
        }
        return Optional.of(values);
    }

    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0);
            encoded.append(plain ? String.valueOf(letter) : String.format("%%%02X", one));
        }
        return encoded.toString();
    }

    /** Empty if the text is not percent-encoded UTF-8. */
    private static Optional<String> decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        int i = 0;
        try {
            while (i < text.length()) {
                if (text.charAt(i) == '%') {
                    bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                    i += 3;
                } else {
                    int point = text.codePointAt(i);
                    bytes.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                    i += Character.charCount(point);
                }
            }
            bytes.flip();
            return i == text.length()
                    ? Optional.of(
                            StandardCharsets.UTF_8.newDecoder().decode(bytes).toString())
                    : Optional.empty();
        } catch (NumberFormatException | IndexOutOfBoundsException | CharacterCodingException notEncoded) {
            return Optional.empty();
        }
    }
}
