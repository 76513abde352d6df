import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The demo's keys by variable, the most useful one first. They are kept in a file that only its owner can read, so that
 * clients still connect after a restart.
 */
final class Keys {

    private static final List<String> VARIABLES =
            List.of("API_KEY_ANALYST", "API_KEY_GERMANY", "API_KEY_READONLY", "API_KEY_ADMIN");
    private static final String FORM = "[A-Za-z0-9_-]{43}";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Keys() {}

    /** The keys of the file, and new ones for those that it lacks; only new ones if they are asked for. */
    static Map<String, String> of(Path file, boolean fresh) throws IOException {
        Map<String, String> found = fresh || Files.notExists(file) ? Map.of() : read(file);
        Map<String, String> keys = new LinkedHashMap<>();
        VARIABLES.forEach(variable -> keys.put(variable, found.getOrDefault(variable, "")));
        keys.replaceAll((variable, key) -> key.isEmpty() ? key() : key);
        if (!keys.equals(found)) {
            write(file, keys);
        }
        return keys;
    }

    private static Map<String, String> read(Path file) throws IOException {
        if (isPosix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new Stop("other users of this machine can read the keys in " + file
                    + "; make new ones with demo/run --fresh-keys");
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("=", 2);
            found.put(parts[0], parts[parts.length - 1]);
        }
        for (String variable : VARIABLES) {
            // a file of an earlier version lacks some
            if (found.containsKey(variable)
                    && !String.valueOf(found.get(variable)).matches(FORM)) {
                throw new Stop("the file " + file + " has no usable key " + variable
                        + "; make new ones with demo/run --fresh-keys");
            }
        }
        return found;
    }

    /** No other user can read the file at any time: it has its permissions from the beginning. */
    private static void write(Path file, Map<String, String> keys) throws IOException {
        FileAttribute<?>[] owner = isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, owner);
        Files.write(
                next,
                keys.entrySet().stream()
                        .map(key -> key.getKey() + "=" + key.getValue())
                        .toList());
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** As the specification's "Key Generation" makes them: 32 random bytes. */
    private static String key() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
