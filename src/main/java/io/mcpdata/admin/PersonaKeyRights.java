package io.mcpdata.admin;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.apikey.KeyRights;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.RestrictionsConfig;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import io.mcpdata.persona.PersonaDirectory;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rights that follow from a caller's persona. Fewer roles can lead to a persona with more rights, because the
 * highest priority among them decides. So personas are compared, not only roles. Immutable.
 */
record PersonaKeyRights(AuthorizedCaller caller, PersonaDirectory personas, List<ConnectionConfig> connections)
        implements KeyRights {

    PersonaKeyRights {
        connections = List.copyOf(connections);
    }

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
                        .map((Persona persona) -> beyond(persona, roles))
                        .orElse(List.of());
    }

    private List<String> beyond(Persona persona, List<String> roles) {
        List<ConnectionConfig> usable = connections.stream()
                .filter(connection -> persona.connection(connection.name()).allowed())
                .toList();
        return Stream.of(
                        persona.beyond(caller.persona()).stream(),
                        usable.stream()
                                .filter(connection -> mayBeAnother(connection, persona, roles))
                                .map(connection -> "identity[" + connection.name() + "]"),
                        usable.stream()
                                .filter(connection -> maySeeMore(connection, persona))
                                .map(connection -> "masks and filters[" + connection.name() + "]"))
                .flatMap(found -> found)
                .toList();
    }

    /** Whether masks or row filters of the maker may not hold for the key, or filter other rows for it. */
    private boolean maySeeMore(ConnectionConfig connection, Persona persona) {
        RestrictionsConfig own = caller.persona().config().restrictions();
        return own.anyOf(connection.name())
                && (own.dependsOnCaller() || !persona.config().restrictions().equals(own));
    }

    /** Whether the database may be told something else about the key than about its maker. A key has no claims. */
    private boolean mayBeAnother(ConnectionConfig connection, Persona persona, List<String> roles) {
        boolean alike = persona.name().equals(caller.persona().name())
                && Set.copyOf(roles).equals(Set.copyOf(caller.roles()));
        boolean claims = caller.caller().method() != AuthenticationMethod.API_KEY;
        return connection
                .identity()
                .filter(identity -> !alike || claims && identity.usesClaims())
                .isPresent();
    }
}
