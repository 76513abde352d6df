package io.mcpdata.container.sql;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The jars of the tests' own class path that an operator would download. */
final class Libraries {

    private Libraries() {}

    static Path of(Class<?> inside) {
        try {
            return Path.of(
                    inside.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
