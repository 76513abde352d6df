package io.mcpdata.stdio;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.config.KeyDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which entry a key or key id belongs to, and if none, why that may be. It never shows a key. */
final class KeyLookup {

    /**
     * The answer.
     *
     * @param asked the key id in question
     * @param hint what the operator should look at, empty if there is nothing to say
     */
    record Answer(String asked, Optional<KeyCheck> entry, String hint) {}

    private KeyLookup() {}

    static Answer aboutId(String id, List<KeyCheck> entries) {
        return new Answer(id, find(entries, entry -> entry.id().equals(id)), "");
    }

    /** @param key as it was typed or stored, without the line end that ends it */
    static Answer aboutKey(String key, List<KeyCheck> entries) {
        KeyDigest digest = KeyDigest.of(key);
        Optional<KeyCheck> entry = byDigest(digest, entries);
        return new Answer(digest.id(), entry, entry.isPresent() ? "" : hint(key, entries));
    }

    private static String hint(String key, List<KeyCheck> entries) {
        if (key.isEmpty()) {
            return "the key is empty: is the variable set?";
        }
        if (!key.equals(key.strip())) {
            return byDigest(KeyDigest.of(key.strip()), entries)
                    .map(entry -> "the key has whitespace around it; without that it is the key of " + entry.place())
                    .orElse("the key has whitespace around it");
        }
        if (KeyFormat.looksGenerated(key) && !KeyFormat.checksumHolds(key)) {
            return "the checksum in the key does not hold: it was mistyped or cut";
        }
        if (key.startsWith(KeyFormat.PREFIX) && !KeyFormat.looksGenerated(key)) {
            return "the key begins like a generated one but has another length: it was cut or something was added";
        }
        return "the key was removed, belongs to another configuration, or the variable holds another value here";
    }

    private static Optional<KeyCheck> byDigest(KeyDigest digest, List<KeyCheck> entries) {
        return find(entries, entry -> entry.key().digest().equals(digest));
    }

    private static Optional<KeyCheck> find(List<KeyCheck> entries, Predicate<KeyCheck> wanted) {
        return entries.stream().filter(wanted).findFirst();
    }
}
