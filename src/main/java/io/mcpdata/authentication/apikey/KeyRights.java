package io.mcpdata.authentication.apikey;

import java.util.List;

/** Which keys a caller may make, by its persona and the configuration in force. */
public interface KeyRights {

    /**
     * Whether the caller may grant everything; then the limits of its own credential do not apply to the keys it makes.
     */
    boolean everything();

    /** The roles among these that the caller may not grant. */
    List<String> withheld(List<String> roles);

    /**
     * The rights of a key with these roles that the caller lacks, or that cannot be compared, such as {@code permission
     * keys:manage} and {@code tools.allow[*]}.
     */
    List<String> beyond(List<String> roles);
}
