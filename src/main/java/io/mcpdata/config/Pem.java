package io.mcpdata.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as PEM text. */
public final class Pem {

    private Pem() {}

    public static String encode(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }

    /** @throws IllegalArgumentException if the text is not PEM with this label; the message does not contain the text */
    public static byte[] decode(String label, String text) {
        Matcher pem = Pattern.compile(
                        "\\s*-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----\\s*")
                .matcher(text);
        if (!pem.matches()) {
            throw new IllegalArgumentException("not PEM text with the label " + label);
        }
        try {
            return Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not PEM text: its base64 is broken");
        }
    }
}
