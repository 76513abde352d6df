package io.mcpdata.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.ZipFile;

/** A PostgreSQL of an earlier version than the one on the class path. */
public final class EarlierPostgres {

    private static final String PROGRAMS = "it.earlierPostgresql";

    private EarlierPostgres() {}

    /** Whether its programs are there, which Maven has copied for the container tests. */
    public static boolean isGiven() {
        return System.getProperty(PROGRAMS) != null;
    }

    /** Starts one on a free port of the loopback address. */
    public static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> programs())
                .setServerConfig("fsync", "off")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    private static InputStream programs() throws IOException {
        File jar = new File(Objects.requireNonNull(
                System.getProperty(PROGRAMS), "the property " + PROGRAMS + " is not set: run this test by Maven"));
        try (ZipFile packed = new ZipFile(jar);
                InputStream archive = packed.getInputStream(packed.getEntry("postgres-linux-x86_64.txz"))) {
            return new ByteArrayInputStream(archive.readAllBytes());
        }
    }
}
