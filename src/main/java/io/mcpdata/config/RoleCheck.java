package io.mcpdata.config;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Warns of a key whose roles lead to no persona, or to several personas with the same priority. */
final class RoleCheck {

    private final List<PersonaConfig> byPriority;

    RoleCheck(List<PersonaConfig> personas) {
        byPriority = personas.stream()
                .sorted(Comparator.comparingInt(PersonaConfig::priority).reversed())
                .toList();
    }

    void warn(Section key, List<String> roles) {
        List<String> unlisted = roles.stream()
                .filter(role ->
                        byPriority.stream().noneMatch(persona -> persona.roles().contains(role)))
                .toList();
        if (!unlisted.isEmpty()) {
            key.warning(
                    "roles",
                    unlisted.stream().map(FoundText::printable).collect(Collectors.joining(", "))
                            + ", which no persona lists",
                    unlisted.size() == roles.size()
                            ? "a role of a persona; this key gets 403 everywhere but at /api/v1/whoami"
                            : "roles of personas");
        }
        List<PersonaConfig> chosen = byPriority.stream()
                .filter(persona -> persona.roles().stream().anyMatch(roles::contains))
                .toList();
        if (chosen.size() > 1 && chosen.get(0).priority() == chosen.get(1).priority()) {
            key.warning(
                    "roles",
                    "roles of the personas " + FoundText.printable(chosen.get(0).name()) + " and "
                            + FoundText.printable(chosen.get(1).name()) + " at the same priority",
                    "different priorities; the first in the file is chosen");
        }
    }
}
