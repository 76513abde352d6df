package io.mcpdata.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the value of a role or variable is chosen for a caller.
 *
 * @param values the value for each text of the source, in the order of the file; empty if the text itself is the value
 * @param standard the value for a caller who has none; empty if such a caller is refused
 */
public record IdentityMapping(IdentitySource by, Map<String, String> values, Optional<String> standard) {

    static final int LONGEST = 256;

    public IdentityMapping {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether a role or variable may have this value. */
    public static boolean isValue(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.codePoints().noneMatch(Character::isISOControl);
    }
}
