package io.mcpdata.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/** A new and empty PostgreSQL on a free port of the loopback address. */
public final class LocalPostgres {

    private LocalPostgres() {}

    /** To be closed by the test. */
    public static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }
}
