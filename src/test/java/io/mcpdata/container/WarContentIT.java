package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Setup;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The content of the packaged WAR. */
@ArquillianTest
@OnOneServer
final class WarContentIT {

    private static final String LIBRARIES = "WEB-INF/lib/";

    private final Path war = Setup.fromMaven().war();

    @Test
    void billOfMaterialsListsExactlyTheLibrariesOfTheWar() throws IOException {
        Set<String> listed = new TreeSet<>();
        String name = war.getFileName().toString().replace(".war", ".cdx.json");
        Path made = war.resolveSibling(name);
        assertThat(made)
                .as("the build's list of libraries; Maven makes none when it is offline")
                .exists();
        try (JsonReader bill = Json.createReader(Files.newBufferedReader(made))) {
            bill.readObject()
                    .getJsonArray("components")
                    .forEach(component -> listed.add(component.asJsonObject().getString("name") + "-"
                            + component.asJsonObject().getString("version") + ".jar"));
        }

        assertThat(libraries()).isNotEmpty().isEqualTo(listed);
    }

    @Test
    void everyLibraryOfTheWarIsExplained() throws IOException {
        String explained = Files.readString(Path.of("docs/dependencies.md"));

        List<String> missing = libraries().stream()
                .map(jar -> jar.replaceFirst("-[0-9].*", ""))
                .filter(library -> !explained.contains("`" + library + "`"))
                .toList();

        assertThat(missing)
                .as("libraries without a line in docs/dependencies.md")
                .isEmpty();
    }

    @Test
    void theCommandLineAndItsLibrariesAreNotInTheWar() throws IOException {
        assertThat(entries())
                .contains("WEB-INF/classes/io/mcpdata/config/PlatformConfigReader.class")
                .noneMatch(name -> name.contains("io/mcpdata/stdio"))
                .noneMatch(name -> name.matches(".*/(picocli|gson)-.*\\.jar"));
    }

    private Set<String> libraries() throws IOException {
        return entries().stream()
                .filter(entry -> entry.startsWith(LIBRARIES) && entry.endsWith(".jar"))
                .map(entry -> entry.substring(LIBRARIES.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> entries() throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
