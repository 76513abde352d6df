package io.mcpdata.toolkit.sql.guard;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first reason to refuse a statement, and the parts of it that were measured. Belongs to one check. */
final class Findings {

    private final Set<Object> measured = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable String reason;

    void refuse(String why) {
        if (reason == null) {
            reason = why;
        }
    }

    boolean isEmpty() {
        return reason == null;
    }

    Optional<String> first() {
        return Optional.ofNullable(reason);
    }

    /** A part of the statement that builds texts or matches patterns was measured. */
    void measured(Object part) {
        measured.add(part);
    }

    long measured() {
        return measured.size();
    }
}
