package io.mcpdata.authentication.apikey;

import java.util.List;

/** Which keys a caller may make, by its persona and the configuration in force. */
public interface KeyRights {

    /** Whether nothing is withheld from the caller, so that the limits of its own credential bind no key of its making. */
    boolean everything();

    /** Which of these roles the caller may not grant. */
    List<String> withheld(List<String> roles);

    /**
     * What a key with these roles is granted beyond the caller itself, or what cannot be decided, such as
     * {@code permission keys:manage} and {@code tools.allow[*]}.
     */
    List<String> beyond(List<String> roles);
}
