package io.mcpdata.persona;

import io.mcpdata.config.PersonaConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The personas of one configuration. Immutable and thread-safe. */
public final class PersonaDirectory {

    private final List<Persona> byPriority;

    public PersonaDirectory(List<PersonaConfig> personas) {
        byPriority = personas.stream()
                .map(Persona::new)
                // a stable sort: equal priorities stay in the order of the file
                .sorted(Comparator.comparingInt(Persona::priority).reversed())
                .toList();
    }

    /** The one persona these roles lead to: the highest priority among those that list one of them. */
    public Optional<Persona> personaFor(List<String> roles) {
        return byPriority.stream().filter(persona -> persona.isFor(roles)).findFirst();
    }

    /** Whether this role leads to any persona. */
    public boolean lists(String role) {
        return byPriority.stream().anyMatch(persona -> persona.isFor(List.of(role)));
    }

    /** All personas, the highest priority first. */
    public List<Persona> personas() {
        return byPriority;
    }
}
