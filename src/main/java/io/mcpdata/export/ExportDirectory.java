package io.mcpdata.export;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.OwnerFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The directory {@code exports} of the data directory. Files of an earlier process are removed before the first one. */
final class ExportDirectory {

    private static final String ENDING = ".export";

    private final ActiveConfiguration configuration;
    private boolean prepared;

    ExportDirectory(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    FileSink file(String id) throws IOException {
        return new FileSink(prepared().resolve(id + ENDING));
    }

    private synchronized Path prepared() throws IOException {
        Path data =
                configuration.config().server().dataDirectory().toAbsolutePath().normalize();
        Path directory = data.resolve("exports");
        Files.createDirectories(data, OwnerFiles.directory(data));
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory, OwnerFiles.directory(directory));
        }
        if (Files.isSymbolicLink(directory)) {
            throw new IOException(directory + " is a symbolic link; expected a directory in the data directory itself");
        }
        OwnerFiles.closeDirectory(directory);
        if (!prepared) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + ENDING)) {
                left.forEach(ExportDirectory::remove);
            }
            prepared = true;
        }
        return directory;
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Exports.LOG.log(Level.WARNING, "the file of an export could not be removed: " + file, e);
        }
    }
}
