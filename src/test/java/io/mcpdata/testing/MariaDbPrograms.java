package io.mcpdata.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of an installed MariaDB: one makes the system tables, one is the server. */
record MariaDbPrograms(Path server, Path installation) {

    /** The server stands outside the PATH of an ordinary account. */
    private static final List<String> MORE_DIRECTORIES =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin");

    private static final long INSTALLATION_SECONDS = 60;

    static MariaDbPrograms installed() {
        return new MariaDbPrograms(program("mariadbd"), program("mariadb-install-db"));
    }

    private static Path program(String name) {
        return Stream.concat(
                        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator)),
                        MORE_DIRECTORIES.stream())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " was not found on the PATH nor in "
                        + MORE_DIRECTORIES + ": the tests need the programs of MariaDB 10.11 or newer;"
                        + " on Debian and Ubuntu:"
                        + " apt-get install --no-install-recommends mariadb-server-core mariadb-client-core"));
    }

    /** Makes the system tables in an empty directory. */
    void install(Path directory) throws IOException {
        Process process = command(
                directory,
                installation,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve",
                "--innodb-log-file-size=4M");
        try {
            if (process.waitFor(INSTALLATION_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
            throw new IllegalStateException(installation + " failed:\n" + log(directory));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts the server with its grant tables, and lets an account with that right use files. */
    Process serve(Path directory, int port) throws IOException {
        return command(
                directory,
                server,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--tmpdir=" + directory,
                "--secure-file-priv=",
                "--skip-name-resolve",
                "--performance-schema=OFF",
                "--max-connections=60",
                "--key-buffer-size=1M",
                "--aria-pagecache-buffer-size=4M",
                "--innodb-buffer-pool-size=32M",
                "--innodb-log-file-size=4M",
                "--innodb-flush-log-at-trx-commit=0");
    }

    String log(Path directory) throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    /** As the account of the tests: the server runs as root only where it is told so by name. */
    private static Process command(Path directory, Path program, String... options) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                program.toString(),
                                "--no-defaults",
                                "--user=" + System.getProperty("user.name"),
                                "--datadir=" + directory.resolve("data")),
                        Stream.of(options))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }
}
