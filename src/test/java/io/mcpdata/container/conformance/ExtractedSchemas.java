package io.mcpdata.container.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with the official schemas, which {@code src/test/schemas/extract.mjs} takes from npm packages. */
final class ExtractedSchemas {

    private static final Path FOLDER = Path.of("target", "mcp-schemas");
    private static final Path PROGRAM = Path.of("src", "test", "schemas", "extract.mjs");

    private ExtractedSchemas() {}

    /** Takes them from the packages if that has not been done since the last change. */
    static synchronized Path folder() {
        try {
            if (!Files.exists(FOLDER)
                    || Files.getLastModifiedTime(FOLDER).compareTo(Files.getLastModifiedTime(PROGRAM)) < 0) {
                extract();
            }
            return FOLDER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void extract() throws IOException {
        Process node;
        try {
            node = new ProcessBuilder("node", PROGRAM.toString(), FOLDER.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException("the tests need the programs node and npm for the schemas of MCP: install them", e);
        }
        node.getOutputStream().close();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (node.waitFor() != 0) {
                throw new IOException("node " + PROGRAM + " " + FOLDER + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
