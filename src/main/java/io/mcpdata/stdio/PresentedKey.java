package io.mcpdata.stdio;

import io.mcpdata.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The credential that this process presents. It is never an argument, because other users of the machine could read it.
 */
final class PresentedKey {

    static final String VARIABLE = "MCP_API_KEY";

    /** The characters that a header can contain. */
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    private static final long LARGEST_FILE = 16 * 1024;

    private PresentedKey() {}

    /** @throws CommandFailed if the variable is not set, or its value cannot be a key */
    static Secret ofEnvironment(Terminal terminal) {
        String key = terminal.environment().apply(VARIABLE).orElse("");
        if (key.isEmpty()) {
            throw new CommandFailed("no key: set the environment variable " + VARIABLE + ", or name a --key-file");
        }
        return checked(key, VARIABLE);
    }

    /** The content of the file without the line end at its end. */
    static Secret ofFile(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new CommandFailed(file + ": found more than 16 KiB; expected a file with the key alone");
            }
            return checked(Files.readString(file).replaceFirst("\\r?\\n\\z", ""), file.toString());
        } catch (IOException e) {
            throw new CommandFailed(file + ": found no readable text file; expected a file with the key alone");
        }
    }

    private static Secret checked(String key, String source) {
        if (key.isEmpty()) {
            throw new CommandFailed(source + ": found an empty key");
        }
        if (!key.equals(key.strip())) {
            throw new CommandFailed(source + ": found whitespace around the key; keys match exactly");
        }
        if (!SENDABLE.matcher(key).matches()) {
            throw new CommandFailed(source + ": found characters that no header can carry; expected printable ASCII");
        }
        return new Secret(key);
    }
}
