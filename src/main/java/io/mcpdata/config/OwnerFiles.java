package io.mcpdata.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that only their owner can use, where the system has such permissions. */
public final class OwnerFiles {

    private static final String DIRECTORY = "rwx------";
    private static final String FILE = "rw-------";

    private OwnerFiles() {}

    /** For making a directory on the file system of this place. */
    public static FileAttribute<?>[] directory(Path place) {
        return attributes(place, DIRECTORY);
    }

    /** For making a file on the file system of this place. */
    public static FileAttribute<?>[] file(Path place) {
        return attributes(place, FILE);
    }

    /** Makes an empty file. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, file(file));
    }

    /** Removes the other users' access. */
    public static void closeDirectory(Path directory) throws IOException {
        close(directory, DIRECTORY);
    }

    /** Removes the other users' access. */
    public static void closeFile(Path file) throws IOException {
        close(file, FILE);
    }

    public static boolean isPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void close(Path place, String permissions) throws IOException {
        if (isPosix(place)) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
        }
    }

    private static FileAttribute<?>[] attributes(Path place, String permissions) {
        return isPosix(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
