package io.mcpdata.container.server;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Keys generated for every run, so that none is ever in the repository. Immutable. */
public final class Keys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, String> byVariable;

    private Keys(Map<String, String> byVariable) {
        this.byVariable = byVariable;
    }

    static Keys generate() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String variable : new String[] {
            "KEY_ADMIN",
            "KEY_ANALYST",
            "KEY_ANALYST_NEXT",
            "KEY_VIEWER",
            "KEY_AUDITOR",
            "KEY_STRAY",
            "KEY_EXPIRED",
            "KEY_EARLY",
            "KEY_ELSEWHERE",
            "DB_PASSWORD"
        }) {
            keys.put(variable, random());
        }
        return new Keys(keys);
    }

    /** A value that no configuration knows. */
    public static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The key of a test persona or case: {@code admin}, {@code analyst}, {@code expired}, ... */
    public String of(String name) {
        String key = byVariable.get("KEY_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (key == null) {
            throw new IllegalArgumentException("the test configuration has no key " + name);
        }
        return key;
    }

    /** Every secret of the run: none of them may be found in a log, an audit row or an answer. */
    public Collection<String> secrets() {
        return byVariable.values();
    }

    Map<String, String> environment() {
        return byVariable;
    }
}
