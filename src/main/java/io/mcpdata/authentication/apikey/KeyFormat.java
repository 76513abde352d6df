package io.mcpdata.authentication.apikey;

import io.mcpdata.config.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form of the keys that the platform makes: {@code mcpdp_}, 256 random bits as 43 characters of base 62, and the
 * CRC-32 of all that as six more. The form helps secret scanners and detects mistyped keys. It proves nothing about the
 * holder, and keys of any other form stay valid. Plain Java SE. Thread-safe.
 */
public final class KeyFormat {

    public static final String PREFIX = "mcpdp_";

    /** The pattern for a secret scanner: a regular expression that every generated key matches as a whole. */
    public static final String PATTERN = "mcpdp_[0-9A-Za-z]{49}";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int RANDOM_BITS = 256;
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECKSUM_DIGITS = 6;

    private KeyFormat() {}

    /** A new random key: the caller shows it once and keeps its digest only. */
    public static Secret generate(SecureRandom random) {
        String unchecked = PREFIX + base62(new BigInteger(RANDOM_BITS, random), RANDOM_DIGITS);
        return new Secret(unchecked + checksum(unchecked));
    }

    /**
     * Whether the text has the form of a generated key, so that its checksum can be checked. A text with only the
     * prefix does not: it may be a key that the operator made.
     */
    public static boolean looksGenerated(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether the text is a generated key without a typing error: one changed character is always detected. */
    public static boolean checksumHolds(String text) {
        int end = text.length() - CHECKSUM_DIGITS;
        return looksGenerated(text) && text.substring(end).equals(checksum(text.substring(0, end)));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_DIGITS);
    }

    private static String base62(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int place = length - 1; place >= 0; place--) {
            BigInteger[] divided = rest.divideAndRemainder(BASE);
            digits[place] = DIGITS.charAt(divided[1].intValue());
            rest = divided[0];
        }
        return new String(digits);
    }
}
