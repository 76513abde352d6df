package io.mcpdata.container.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Where a process takes connections, as Linux tells. */
public final class ListeningSockets {

    private static final String LISTENING = "0A";

    private ListeningSockets() {}

    public static List<InetSocketAddress> of(ProcessHandle process) throws IOException {
        Path proc = Path.of("/proc", String.valueOf(process.pid()));
        Set<String> own = sockets(proc.resolve("fd"));
        List<InetSocketAddress> found = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(proc.resolve(table))) {
                String[] row = line.strip().split("\\s+");
                if (row[3].equals(LISTENING) && own.contains("socket:[" + row[9] + "]")) {
                    found.add(address(row[1].split(":")));
                }
            }
        }
        return found;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> found = new HashSet<>();
        try (var links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                try {
                    found.add(Files.readSymbolicLink(link).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        return found;
    }

    /** The address is written in words of four bytes, the last byte of each first. */
    private static InetSocketAddress address(String[] parts) throws IOException {
        byte[] written = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[written.length];
        for (int i = 0; i < written.length; i++) {
            address[i] = written[i ^ 3];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), HexFormat.fromHexDigits(parts[1]));
    }
}
