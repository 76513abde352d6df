package io.mcpdata.container.sql;

import io.mcpdata.testing.CanaryCode;
import io.mcpdata.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Detects harm of a statement outside its database: a secret file whose text must be in no answer, a folder that must
 * stay empty, a socket that must see no connection.
 */
final class Canary implements AutoCloseable {

    /** Of a UUID, which is the way to bytes without a literal for them. */
    private static final int PART = 16;

    private final Path folder;
    private final Path secretFile;
    private final String secret = "canary-" + HexFormat.of().formatHex(random());
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();

    Canary(Path directory) throws IOException {
        this.folder = Files.createDirectories(directory.resolve("empty"));
        this.secretFile = Files.writeString(directory.resolve("secret"), secret);
        Thread listener = new Thread(this::listen, "canary");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * So many characters that an error which quotes 25 characters of a value shows them all, and that their Base64 has
     * no padding and so appears unchanged in that of a longer text.
     */
    private static byte[] random() {
        byte[] bytes = new byte[7];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** The files of code that ran in the server. */
    Path codeFile() {
        return folder.resolve("code");
    }

    /** The files that the JVM writes when it runs out of memory. */
    Path memoryFile() {
        return folder.resolve("out-of-memory");
    }

    /** Does what a statement must not do. */
    void provoke() throws IOException {
        Files.writeString(codeFile(), "provoked");
        new Socket(socket.getInetAddress(), socket.getLocalPort()).close();
        Eventually.within(Duration.ofSeconds(5), "the socket sees a connection", () -> connections.get() > 0);
    }

    /** The values of the placeholders in the tables of attacks. */
    Map<String, String> values() {
        byte[] serialized = serialized();
        Map<String, String> values = new HashMap<>();
        values.put("secret", secretFile.toString());
        values.put("secrethex", HexFormat.of().formatHex(secretFile.toString().getBytes(StandardCharsets.UTF_8)));
        values.put("folder", folder.toString());
        values.put("port", String.valueOf(socket.getLocalPort()));
        values.put("serialized", HexFormat.of().formatHex(serialized));
        values.put("serializedparts", parts(serialized));
        return values;
    }

    /** What the statement has done; {@link #leaked} reports what only the answer contains. */
    List<String> harm() {
        List<String> harm = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                harm.add(deed(file));
                Files.delete(file);
            }
            if (!Files.exists(secretFile) || !Files.readString(secretFile).equals(secret)) {
                harm.add("changed the secret file");
                Files.writeString(secretFile, secret);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int seen = connections.getAndSet(0);
        if (seen > 0) {
            harm.add("connected to the socket");
        }
        return harm;
    }

    private String deed(Path file) {
        if (file.equals(codeFile())) {
            return "ran code";
        }
        return file.equals(memoryFile()) ? "used up the memory of the server" : "wrote the file " + file.getFileName();
    }

    boolean leaked(String answer) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String lower = answer.toLowerCase(Locale.ROOT);
        return lower.contains(secret)
                || lower.contains(HexFormat.of().formatHex(bytes))
                || answer.contains(Base64.getEncoder().encodeToString(bytes));
    }

    /** A jar with the code that must not run, for the class path of the server. */
    Path jar() throws IOException {
        Path jar = folder.resolveSibling("canary.jar");
        String name = CanaryCode.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var bytes = CanaryCode.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new JarEntry(name));
            Objects.requireNonNull(bytes).transferTo(out);
            out.closeEntry();
        }
        return jar;
    }

    private static byte[] serialized() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new CanaryCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String parts(byte[] bytes) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += PART) {
            byte[] part = Arrays.copyOfRange(bytes, i, i + PART);
            String hex = HexFormat.of().formatHex(part);
            parts.add("CAST(CAST('" + hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
                    + "' AS UUID) AS VARBINARY)");
        }
        return String.join(" || ", parts);
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connections.incrementAndGet();
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
