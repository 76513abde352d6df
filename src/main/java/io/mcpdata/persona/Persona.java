package io.mcpdata.persona;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.DataName;
import io.mcpdata.config.Glob;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.PersonaConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The permissions of a caller, and the tools, connections, resources, prompts and skills that exist for it. Every list and every call uses the
 * same predicate. Immutable and thread-safe.
 */
public final class Persona {

    private final PersonaConfig config;

    Persona(PersonaConfig config) {
        this.config = config;
    }

    public String name() {
        return config.name();
    }

    public String displayName() {
        return config.displayName();
    }

    public String description() {
        return config.description();
    }

    public int priority() {
        return config.priority();
    }

    /** What the configuration says about it. */
    public PersonaConfig config() {
        return config;
    }

    /** The limits of a caller with this persona. */
    public LimitsConfig limits(LimitsConfig ofAll) {
        return config.limits().over(ofAll);
    }

    /** Whether one of these roles leads to this persona. */
    boolean isFor(Iterable<String> roles) {
        for (String role : roles) {
            if (config.roles().contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** The permissions; {@code platform:admin} is replaced by all permissions. */
    public Set<String> permissions() {
        return config.permissions().contains(Permission.PLATFORM_ADMIN)
                ? Permission.ALL
                : new LinkedHashSet<>(config.permissions());
    }

    public AccessDecision tool(String name) {
        return decide("tools", config.tools(), name);
    }

    public AccessDecision connection(String name) {
        return decide("connections", config.connections(), name);
    }

    /** Whether rules of the connection or of this persona decide which of the connection's tables exist. */
    public boolean limitsTables(ConnectionConfig connection) {
        return !(connection.schemas().allowAll()
                && connection.tables().allowAll()
                && config.schemas().allowAll()
                && config.tables().allowAll());
    }

    /** The rules that decide which of the connection's tables exist, in the order they are checked. */
    public List<String> tableRules(ConnectionConfig connection) {
        List<String> rules = new ArrayList<>();
        add(rules, "connections." + connection.name() + ".schemas", connection.schemas());
        add(rules, "connections." + connection.name() + ".tables", connection.tables());
        add(rules, "schemas", config.schemas());
        add(rules, "tables", config.tables());
        return rules;
    }

    private static void add(List<String> all, String section, GlobRules rules) {
        if (!rules.allowAll()) {
            all.add(section + " " + rules.meeting(Glob.ofBeginning("")));
        }
    }

    /**
     * Decides by the rules of the connection over schemas and tables, and then by those of this persona: all must allow
     * the table.
     */
    public AccessDecision table(ConnectionConfig connection, String schema, String table) {
        String ofConnection = "connections." + connection.name() + ".";
        String schemaName = DataName.schema(schema);
        String tableName = DataName.table(schema, table);
        AccessDecision decision = decide(ofConnection + "schemas", connection.schemas(), schemaName);
        if (decision.allowed()) {
            decision = decide(ofConnection + "tables", connection.tables(), tableName);
        }
        if (decision.allowed()) {
            decision = decide("schemas", config.schemas(), DataName.in(connection.name(), schemaName));
        }
        if (decision.allowed()) {
            decision = decide("tables", config.tables(), DataName.in(connection.name(), tableName));
        }
        return decision;
    }

    /** Of how many rows a description of a table may show values; 0 if of none. */
    public int sampleRows() {
        return config.sampleRows();
    }

    public AccessDecision resource(String uri) {
        return decide("resources", config.resources(), uri);
    }

    /**
     * The rules that can apply to URIs with this beginning, in the order they are checked; empty if all of them are
     * denied.
     */
    public List<String> resourceRules(String beginning) {
        return config.resources().meeting(Glob.ofBeginning(beginning));
    }

    public AccessDecision prompt(String name) {
        return decide("prompts", config.prompts(), name);
    }

    /** Decides on the files of the skill too. */
    public AccessDecision skill(String name) {
        return decide("skills", config.skills(), name);
    }

    /**
     * The rights of this persona that the other one lacks, or that cannot be compared, such as {@code permission
     * keys:manage} and {@code tools.allow[*]}.
     */
    public List<String> beyond(Persona other) {
        List<String> more = new ArrayList<>();
        permissions().stream()
                .filter(permission -> !other.permissions().contains(permission))
                .sorted()
                .forEach(permission -> more.add("permission " + permission));
        more.addAll(beyond("tools", config.tools(), other.config.tools()));
        more.addAll(beyond("connections", config.connections(), other.config.connections()));
        more.addAll(beyond("schemas", config.schemas(), other.config.schemas()));
        more.addAll(beyond("tables", config.tables(), other.config.tables()));
        if (sampleRows() > other.sampleRows()) {
            more.add("sample_rows");
        }
        more.addAll(beyond("resources", config.resources(), other.config.resources()));
        more.addAll(beyond("prompts", config.prompts(), other.config.prompts()));
        more.addAll(beyond("skills", config.skills(), other.config.skills()));
        return more;
    }

    private static List<String> beyond(String section, GlobRules own, GlobRules limits) {
        return own.beyond(limits).stream()
                .map(glob -> section + ".allow[" + glob + "]")
                .toList();
    }

    private AccessDecision decide(String section, GlobRules rules, String name) {
        for (Glob glob : rules.deny()) {
            if (glob.matches(name)) {
                return new AccessDecision(false, section + ".deny[" + glob + "]");
            }
        }
        for (Glob glob : rules.allow()) {
            if (glob.matches(name)) {
                return new AccessDecision(true, section + ".allow[" + glob + "]");
            }
        }
        return new AccessDecision(false, section + ": no allow matches");
    }
}
