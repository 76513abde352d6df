package io.mcpdata.toolkit.sql.guard;

import java.util.Set;

/**
 * Which functions, types and operators of one database may be used. Names are in lower case. Immutable.
 *
 * @param allowed functions that may be called by their name alone
 * @param qualified functions that may be called as {@code schema.name}
 * @param deniedAttributes functions that PostgreSQL would call for {@code value.name}, and that are not allowed
 * @param deniedTypes types whose input, check or cast calls a function that is not allowed
 * @param deniedOperators operators that call such a function
 * @param more what the operator allows besides, as {@code name} or {@code schema.name}
 */
public record FunctionRules(
        Set<String> allowed,
        Set<String> qualified,
        Set<String> deniedAttributes,
        Set<String> deniedTypes,
        Set<String> deniedOperators,
        Set<String> more) {

    public FunctionRules {
        allowed = Set.copyOf(allowed);
        qualified = Set.copyOf(qualified);
        deniedAttributes = Set.copyOf(deniedAttributes);
        deniedTypes = Set.copyOf(deniedTypes);
        deniedOperators = Set.copyOf(deniedOperators);
        more = Set.copyOf(more);
    }

    /** Calls by name alone; nothing else is known of the database. */
    public static FunctionRules of(Set<String> allowed) {
        return new FunctionRules(allowed, Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** The functions that the platform knows of a product, where its catalogue does not tell. */
    public static FunctionRules shipped(Dialect dialect) {
        return of(Vocabulary.functions(dialect));
    }

    /** @param newMore what the operator allows besides, as {@code name} or {@code schema.name}, in lower case */
    public FunctionRules with(Set<String> newMore) {
        return new FunctionRules(allowed, qualified, deniedAttributes, deniedTypes, deniedOperators, newMore);
    }

    boolean allows(String name) {
        return allowed.contains(name) || more.contains(name);
    }

    boolean allows(String schema, String name) {
        String full = schema + "." + name;
        return qualified.contains(full) || more.contains(full);
    }

    boolean deniesAttribute(String name) {
        return deniedAttributes.contains(name) && !more.contains(name);
    }
}
