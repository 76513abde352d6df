package io.mcpdata.admin;

import io.mcpdata.admin.AccessQuestion.Target;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.gateway.FeatureLists;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import io.mcpdata.persona.PersonaDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Says which persona roles lead to and why, what exists for it, and which rule decides on a name. It asks the same
 * predicates as a call. Thread-safe.
 */
@ApplicationScoped
public class AccessAnswer {

    private final ActiveConfiguration configuration;
    private final ActivePersonas personas;
    private final FeatureGateway features;

    @Inject
    AccessAnswer(ActiveConfiguration configuration, ActivePersonas personas, FeatureGateway features) {
        this.configuration = configuration;
        this.personas = personas;
        this.features = features;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AccessAnswer() {
        this(null, null, null);
    }

    JsonObject of(AccessSubject subject, List<Target> targets) {
        JsonObjectBuilder json = Json.object()
                .add("subject", described(subject))
                .add("accepted", subject.refused().isEmpty());
        subject.refused().ifPresent(why -> json.add("refused", why));
        subject.caller().ifPresent(caller -> access(json, caller, targets));
        return json.build();
    }

    private static JsonObjectBuilder described(AccessSubject subject) {
        JsonObjectBuilder json = Json.object().add("kind", subject.kind());
        subject.caller()
                .filter(caller -> !caller.credentialId().isEmpty())
                .ifPresent(caller -> json.add("name", caller.getName())
                        .add("authentication", caller.method().label())
                        .add("credential_id", caller.credentialId()));
        return json;
    }

    private void access(JsonObjectBuilder json, PlatformCaller caller, List<Target> targets) {
        PersonaDirectory directory = personas.current();
        Optional<Persona> persona = directory.personaFor(caller.roles());
        json.add("roles", Json.strings(caller.roles()))
                .add(
                        "persona",
                        persona.map(Persona::name).<JsonValue>map(Json::string).orElse(JsonValue.NULL))
                .add("why", why(directory, caller, persona))
                .add(
                        "roles_without_persona",
                        Json.strings(caller.roles().stream()
                                .filter(role -> !directory.lists(role))
                                .toList()));
        persona.ifPresent(found -> visible(json, new AuthorizedCaller(caller, found)));
        if (!targets.isEmpty()) {
            JsonArrayBuilder decisions = Json.array();
            targets.forEach(target -> decisions.add(decision(persona, target)));
            json.add("decisions", decisions);
        }
    }

    private static String why(PersonaDirectory directory, PlatformCaller caller, Optional<Persona> chosen) {
        if (chosen.isEmpty()) {
            return "No persona lists any of the roles. Read: " + caller.rolesRead() + ".";
        }
        Persona persona = chosen.get();
        StringBuilder why = new StringBuilder("Persona " + persona.name() + " lists "
                + String.join(", ", matching(persona, caller)) + ", and its priority is " + persona.priority() + ".");
        directory.personas().stream()
                .filter(other -> other != persona && !matching(other, caller).isEmpty())
                .forEach(other -> why.append(" Persona " + other.name() + " lists "
                        + String.join(", ", matching(other, caller)) + ", but its priority is " + other.priority()
                        + (other.priority() == persona.priority() ? ", and it comes later in the file." : ".")));
        return why.toString();
    }

    private static List<String> matching(Persona persona, PlatformCaller caller) {
        return caller.roles().stream()
                .filter(persona.config().roles()::contains)
                .distinct()
                .toList();
    }

    private void visible(JsonObjectBuilder json, AuthorizedCaller caller) {
        FeatureLists lists = features.lists(caller);
        json.add("permissions", Json.strings(new TreeSet<>(caller.persona().permissions())))
                .add("tools", Json.strings(lists.tools()))
                .add(
                        "connections",
                        Json.strings(configuration.config().connections().stream()
                                .map(ConnectionConfig::name)
                                .filter(name ->
                                        caller.persona().connection(name).allowed())
                                .toList()))
                .add("resources", Json.strings(lists.resources()))
                .add("prompts", Json.strings(lists.promptNames()))
                .add("skills", Json.strings(lists.skills()));
    }

    private JsonObjectBuilder decision(Optional<Persona> persona, Target target) {
        AccessDecision decision =
                persona.map(found -> decide(found, target)).orElse(new AccessDecision(false, "no persona"));
        Optional<Boolean> exists = exists(target);
        JsonObjectBuilder json =
                Json.object().add("kind", target.kind().label()).add("name", target.name());
        exists.ifPresent(known -> json.add("exists", known));
        json.add("allowed", decision.allowed() && exists.orElse(true)).add("rule", decision.rule());
        if (target.kind() == AccessQuestion.Kind.TABLE && decision.allowed()) {
            persona.map(found -> restrictions(found, target.name()))
                    .filter(rules -> !rules.isEmpty())
                    .ifPresent(rules -> json.add("restrictions", Json.strings(rules)));
        }
        return json;
    }

    private static List<String> restrictions(Persona persona, String name) {
        return NamedTable.of(name)
                .map(table -> persona.config().restrictions().of(table.connection(), table.schema(), table.table()))
                .orElse(List.of());
    }

    /** {@code CONNECTION/SCHEMA.TABLE}; a further dot belongs to the table. */
    private record NamedTable(String connection, String schema, String table) {

        /** Empty if it is no such name. */
        static Optional<NamedTable> of(String name) {
            int slash = name.indexOf('/');
            int dot = name.indexOf('.', slash + 1);
            return slash < 1 || dot < 0
                    ? Optional.empty()
                    : Optional.of(new NamedTable(
                            name.substring(0, slash), name.substring(slash + 1, dot), name.substring(dot + 1)));
        }
    }

    private AccessDecision decide(Persona persona, Target target) {
        return switch (target.kind()) {
            case TOOL -> features.tool(persona, target.name());
            case CONNECTION -> persona.connection(target.name());
            case TABLE -> table(persona, target.name());
            case RESOURCE -> persona.resource(target.name());
            case PROMPT -> persona.prompt(target.name());
            case SKILL -> persona.skill(target.name());
        };
    }

    private AccessDecision table(Persona persona, String name) {
        return NamedTable.of(name)
                .map(table -> table(persona, table))
                .orElse(new AccessDecision(false, "no name of a table; write CONNECTION/SCHEMA.TABLE"));
    }

    private AccessDecision table(Persona persona, NamedTable table) {
        AccessDecision decision = persona.connection(table.connection());
        return decision.allowed()
                ? connection(table.connection())
                        .map(found -> persona.table(found, table.schema(), table.table()))
                        .orElse(new AccessDecision(false, "no connection of this name"))
                : decision;
    }

    private Optional<ConnectionConfig> connection(String name) {
        return configuration.config().connections().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst();
    }

    /** Empty where it cannot be told without a call. */
    private Optional<Boolean> exists(Target target) {
        return switch (target.kind()) {
            case TOOL -> Optional.of(features.hasTool(target.name()));
            case CONNECTION -> Optional.of(connection(target.name()).isPresent());
            case TABLE, RESOURCE, PROMPT, SKILL -> Optional.empty();
        };
    }
}
