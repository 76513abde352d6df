package io.mcpdata.authentication.apikey;

import java.util.List;
import java.util.Set;

/**
 * Rights of a test.
 *
 * @param beyond for keys with the role {@code strong}
 */
record FixedRights(boolean everything, Set<String> grantable, List<String> beyond) implements KeyRights {

    static FixedRights over(String... roles) {
        return new FixedRights(false, Set.of(roles), List.of("permission keys:manage", "tools.allow[payroll_*]"));
    }

    static FixedRights overAll(String... roles) {
        return new FixedRights(true, Set.of(roles), List.of());
    }

    @Override
    public List<String> withheld(List<String> roles) {
        return roles.stream().filter(role -> !grantable.contains(role)).toList();
    }

    @Override
    public List<String> beyond(List<String> roles) {
        return roles.contains("strong") ? beyond : List.of();
    }
}
