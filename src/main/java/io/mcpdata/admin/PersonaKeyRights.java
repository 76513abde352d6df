package io.mcpdata.admin;

import io.mcpdata.authentication.apikey.KeyRights;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import io.mcpdata.persona.PersonaDirectory;
import java.util.List;

/**
 * The rights that follow from a caller's persona. Fewer roles can lead to a persona with more rights, because the
 * highest priority among them decides. So personas are compared, not only roles. Immutable.
 */
record PersonaKeyRights(AuthorizedCaller caller, PersonaDirectory personas) implements KeyRights {

    @Override
    public boolean everything() {
        return caller.persona().permissions().contains(Permission.PLATFORM_ADMIN);
    }

    @Override
    public List<String> withheld(List<String> roles) {
        return roles.stream()
                .filter(role -> !caller.roles().contains(role) && !(everything() && personas.lists(role)))
                .toList();
    }

    @Override
    public List<String> beyond(List<String> roles) {
        return everything()
                ? List.of()
                : personas.personaFor(roles)
                        .map((Persona persona) -> persona.beyond(caller.persona()))
                        .orElse(List.of());
    }
}
