package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The packaged WAR knows nothing of the command line. */
final class WarContentIT {

    @Test
    void theCommandLineAndItsLibrariesAreNotInTheWar() throws IOException {
        try (JarFile war =
                new JarFile(Path.of("target", "mcp-data-platform.war").toFile())) {
            Set<String> names = war.stream().map(ZipEntry::getName).collect(Collectors.toSet());

            assertThat(names)
                    .contains("WEB-INF/classes/io/mcpdata/config/PlatformConfigReader.class")
                    .noneMatch(name -> name.contains("io/mcpdata/stdio"))
                    .noneMatch(name -> name.matches(".*/(picocli|gson)-.*\\.jar"));
        }
    }
}
