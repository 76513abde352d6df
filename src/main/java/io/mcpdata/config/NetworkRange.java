package io.mcpdata.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation, IPv4 or IPv6, or a single address. An IPv4-mapped IPv6 address is the IPv4 address it
 * contains. Names are never resolved. Immutable and thread-safe.
 */
public final class NetworkRange {

    /** No leading zeros: some parsers read them as octal, which would give another address. */
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:([0-9a-fA-F]{0,4}|" + IPV4 + ")");
    private static final Pattern ZONE = Pattern.compile("[0-9A-Za-z._~-]{1,32}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final int MAPPED_PREFIX = 96;

    private final String text;
    private final byte[] network;
    private final int prefix;

    private NetworkRange(String text, byte[] network, int prefix) {
        this.text = text;
        this.network = network;
        this.prefix = prefix;
    }

    /** @throws IllegalArgumentException if the text is neither an address nor a network in CIDR notation */
    public static NetworkRange parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] address = (slash < 0 ? bytes(literal) : bytesWithoutZone(literal))
                .orElseThrow(
                        () -> new IllegalArgumentException("expected an IP address or a network such as 10.0.0.0/8"));
        int bits = address.length * Byte.SIZE;
        if (slash < 0) {
            return new NetworkRange(text, address, bits);
        }
        boolean mapped = address.length == Integer.BYTES && literal.indexOf(':') >= 0;
        int before = mapped ? MAPPED_PREFIX : 0;
        String length = text.substring(slash + 1);
        int prefix = PREFIX.matcher(length).matches() ? Integer.parseInt(length) - before : -1;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "expected a prefix length between " + before + " and " + (before + bits) + " after the slash");
        }
        return new NetworkRange(text, address, prefix);
    }

    /** Whether the textual address lies in this network; false for anything that is not an IP address. */
    public boolean contains(String address) {
        return bytes(address).filter(this::matches).isPresent();
    }

    /** Whether every address of the other network lies in this one. */
    public boolean contains(NetworkRange other) {
        return prefix <= other.prefix && matches(other.network);
    }

    /** Whether the text is an IP address and nothing else. */
    public static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    private boolean matches(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefix % Byte.SIZE;
        int mask = 0xFF << (Byte.SIZE - rest);
        return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
    }

    private static Optional<byte[]> bytes(String address) {
        int zone = address.indexOf('%');
        if (zone < 0) {
            return bytesWithoutZone(address);
        }
        return ZONE.matcher(address.substring(zone + 1)).matches()
                ? bytesWithoutZone(address.substring(0, zone)).filter(bytes -> bytes.length > Integer.BYTES)
                : Optional.empty();
    }

    private static Optional<byte[]> bytesWithoutZone(String literal) {
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            // The JDK never resolves a literal, and it converts an IPv4-mapped IPv6 address into the IPv4 address
            // itself.
            InetAddress parsed = InetAddress.getByName(literal);
            return parsed instanceof Inet4Address || parsed instanceof Inet6Address
                    ? Optional.of(parsed.getAddress())
                    : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkRange that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @Override
    public String toString() {
        return text;
    }
}
