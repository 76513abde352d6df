package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The reachable objects in a server's memory, to be searched for secrets. */
public final class HeapDump {

    private static final int CHUNK = 8 * 1024 * 1024;

    private final Path file;

    private HeapDump(Path file) {
        this.file = file;
    }

    public static HeapDump of(Platform platform) {
        Path file = platform.configurationFile().resolveSibling("heap.hprof").toAbsolutePath();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Files.deleteIfExists(file);
            Process dump = new ProcessBuilder(jcmd, String.valueOf(java(platform)), "GC.heap_dump", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(file.resolveSibling("jcmd.log").toFile())
                    .start();
            assertThat(dump.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(file).isNotEmptyFile();
            return new HeapDump(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A script starts some servers; the JVM is its child process. */
    private static long java(Platform platform) {
        ProcessHandle started = platform.server().process().toHandle();
        return Stream.concat(Stream.of(started), started.descendants())
                .filter(process -> process.info()
                        .command()
                        .filter(name -> name.endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Deletes the dump, because it contains all other data of the server. */
    public void mustNotHold(String... secrets) {
        try {
            // a search that finds nothing at all would prove nothing
            assertThat(holds("auth.api_keys")).as("the dump can be searched").isTrue();
            for (String secret : secrets) {
                assertThat(holds(secret)).as("a key in memory").isFalse();
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean holds(String text) throws IOException {
        return holds(text.getBytes(StandardCharsets.ISO_8859_1)) || holds(text.getBytes(StandardCharsets.UTF_16BE));
    }

    private boolean holds(byte[] wanted) throws IOException {
        byte[] buffer = new byte[CHUNK + wanted.length];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(buffer, kept, CHUNK); read > 0; read = in.readNBytes(buffer, kept, CHUNK)) {
                int end = kept + read;
                if (indexOf(buffer, end, wanted) >= 0) {
                    return true;
                }
                kept = Math.min(wanted.length, end);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    private static int indexOf(byte[] text, int end, byte[] wanted) {
        for (int i = 0; i <= end - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && text[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
