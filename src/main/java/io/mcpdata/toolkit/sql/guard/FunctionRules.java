package io.mcpdata.toolkit.sql.guard;

import java.util.Set;

/**
 * Which functions, types and operators of one database may be used. Names are in lower case. Immutable.
 *
 * @param allowed functions that may be called by their name alone
 * @param qualified functions that may be called as {@code schema.name}
 * @param deniedAttributes functions that PostgreSQL would call for {@code value.name}, and that are not allowed
 * @param deniedTypes types whose input, check or cast calls a function that is not allowed
 * @param deniedCasts types that are not allowed as the target of a cast, while tables and columns may have these names
 * @param deniedOperators operators that call such a function
 * @param denied functions that must not be called, although a keyword or a shipped name has the same spelling
 * @param more functions that the operator allows in addition, as {@code name} or {@code schema.name}
 */
public record FunctionRules(
        Set<String> allowed,
        Set<String> qualified,
        Set<String> deniedAttributes,
        Set<String> deniedTypes,
        Set<String> deniedCasts,
        Set<String> deniedOperators,
        Set<String> denied,
        Set<String> more) {

    /** PostgreSQL's types whose values show names of accounts and of objects in its catalogue. */
    private static final Set<String> TELLING_TYPES = Vocabulary.of("""
            regclass regcollation regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
            aclitem""");

    public FunctionRules {
        allowed = Set.copyOf(allowed);
        qualified = Set.copyOf(qualified);
        deniedAttributes = Set.copyOf(deniedAttributes);
        deniedTypes = Set.copyOf(deniedTypes);
        deniedCasts = Set.copyOf(deniedCasts);
        deniedOperators = Set.copyOf(deniedOperators);
        denied = Set.copyOf(denied);
        more = Set.copyOf(more);
    }

    /** Functions that may be called by name alone, for a database of which nothing else is known. */
    public static FunctionRules of(Set<String> allowed) {
        return new FunctionRules(allowed, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    /** The functions that the platform knows for a product whose catalogue does not list them. */
    public static FunctionRules shipped(Dialect dialect) {
        return of(Vocabulary.functions(dialect));
    }

    /**
     * @param newMore functions that the operator allows in addition, as {@code name} or {@code schema.name}, in lower
     *     case
     */
    public FunctionRules with(Set<String> newMore) {
        return new FunctionRules(
                allowed, qualified, deniedAttributes, deniedTypes, deniedCasts, deniedOperators, denied, newMore);
    }

    /** The same rules for a database with user-defined functions, and with types that call them, in lower case. */
    public FunctionRules without(Set<String> functions, Set<String> casts) {
        return new FunctionRules(
                allowed, qualified, deniedAttributes, deniedTypes, casts, deniedOperators, functions, more);
    }

    /**
     * Whether values of a PostgreSQL type show names of accounts and of the catalogue.
     *
     * @param type in lower case; with a leading underscore, the type of its arrays
     */
    public static boolean tellsNames(String type) {
        return TELLING_TYPES.contains(type.startsWith("_") ? type.substring(1) : type);
    }

    boolean allows(String name) {
        return (allowed.contains(name) && !denied.contains(name)) || more.contains(name);
    }

    /** Whether a keyword may be a call of a function that is not allowed. */
    boolean denies(String name) {
        return denied.contains(name) && !more.contains(name);
    }

    boolean allows(String schema, String name) {
        String full = schema + "." + name;
        return qualified.contains(full) || more.contains(full);
    }

    boolean deniesAttribute(String name) {
        return deniedAttributes.contains(name) && !more.contains(name);
    }
}
