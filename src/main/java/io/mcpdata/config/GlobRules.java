package io.mcpdata.config;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code allow} and {@code deny} lists of globs: deny first, then allow, else deny. */
public record GlobRules(List<Glob> allow, List<Glob> deny) implements ConfigRecord {

    public static final GlobRules ALLOW_ALL = new GlobRules(List.of(Glob.parse("*")), List.of());
    public static final GlobRules DENY_ALL = new GlobRules(List.of(), List.of());

    public GlobRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Whether they are those of a section that the file does not have: every name is allowed. */
    public boolean allowAll() {
        return equals(ALLOW_ALL);
    }

    /**
     * The globs that may allow a name which these limits do not allow. A glob for which that cannot be decided is
     * included.
     */
    public List<Glob> beyond(GlobRules limits) {
        return allow.stream()
                .filter(glob -> deny.stream().noneMatch(denied -> denied.covers(glob)))
                .filter(glob -> limits.allow.stream().noneMatch(allowed -> allowed.covers(glob))
                        || limits.deny.stream().anyMatch(denied -> denied.meets(glob) && !denies(denied)))
                .toList();
    }

    /** The rules that can apply to a name which the glob matches; empty if every such name is denied. */
    public List<String> meeting(Glob glob) {
        if (deny.stream().anyMatch(denied -> denied.covers(glob))
                || allow.stream().noneMatch(allowed -> allowed.meets(glob))) {
            return List.of();
        }
        return Stream.concat(
                        deny.stream().filter(denied -> denied.meets(glob)).map(denied -> "not " + denied),
                        allow.stream().filter(allowed -> allowed.meets(glob)).map(Glob::toString))
                .toList();
    }

    /** A section of rules over schemas or tables, where {@code allow} is everything if it is not given. */
    static GlobRules ofData(Section section, String expected, Function<String, Glob> glob) {
        section.only("allow", "deny");
        List<Glob> allow = section.isGiven("allow") ? section.list("allow", expected, glob) : ALLOW_ALL.allow();
        return new GlobRules(allow, section.list("deny", expected, glob));
    }

    /** In either case, because schemes of URIs have none. */
    boolean anyBeginsWith(String scheme) {
        return Stream.concat(allow.stream(), deny.stream())
                .anyMatch(glob -> glob.toString().toLowerCase(Locale.ROOT).startsWith(scheme));
    }

    private boolean denies(Glob glob) {
        return deny.stream().anyMatch(denied -> denied.covers(glob));
    }
}
