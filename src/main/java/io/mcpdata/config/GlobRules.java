package io.mcpdata.config;

import java.util.List;

/** {@code allow} and {@code deny} lists of globs: deny first, then allow, else deny. */
public record GlobRules(List<Glob> allow, List<Glob> deny) {

    public static final GlobRules ALLOW_ALL = new GlobRules(List.of(Glob.parse("*")), List.of());
    public static final GlobRules DENY_ALL = new GlobRules(List.of(), List.of());

    public GlobRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
