package io.mcpdata.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Decides what each reading of the file means: a valid one replaces the configuration atomically, an invalid one is
 * refused and the old configuration stays. Thread-safe; readings are handled one at a time.
 */
final class ConfigurationInForce {

    private static final Logger LOG = System.getLogger(ConfigurationInForce.class.getName());

    /**
     * @param usable whether the configuration came from a file
     * @param problems the faults of the newest version, which is not this one
     * @param warnings settings that work in this one but should be changed
     */
    record State(
            PlatformConfig config,
            boolean usable,
            List<String> problems,
            List<String> warnings,
            ConfigurationSource source) {

        State {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    private final Consumer<ConfigurationChanged> changed;
    private final Consumer<ConfigurationRejected> rejected;
    private final Clock clock;
    private final LongAdder taken = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile State state = new State(
            PlatformConfig.denyAll(),
            false,
            List.of("the configuration was not read yet"),
            List.of(),
            ConfigurationSource.NONE);

    /**
     * @param changed called for every configuration that replaces another
     * @param rejected called for every version refused while another is in force
     */
    ConfigurationInForce(
            Consumer<ConfigurationChanged> changed, Consumer<ConfigurationRejected> rejected, Clock clock) {
        this.changed = changed;
        this.rejected = rejected;
        this.clock = clock;
    }

    /** The readings that follow are of this file. */
    synchronized void from(Path file) {
        State before = state;
        state = new State(
                before.config(),
                before.usable(),
                before.problems(),
                before.warnings(),
                before.source().from(file));
    }

    State state() {
        return state;
    }

    /** How many readings there were, by what came of them. */
    Map<String, Long> readings() {
        return Map.of("taken", taken.sum(), "unchanged", unchanged.sum(), "rejected", refused.sum());
    }

    /** Handles a reading of the file. */
    synchronized void take(ConfigReading reading) {
        reading.warnings().forEach(warning -> LOG.log(Level.WARNING, "configuration warning: {0}", warning));
        reading.config()
                .ifPresentOrElse(
                        config -> accept(config, texts(reading.warnings())), () -> reject(texts(reading.errors())));
    }

    private static List<String> texts(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).toList();
    }

    /** Refuses a version that could not even be read, as an invalid one. */
    synchronized void reject(List<String> problems) {
        refused.increment();
        State before = state;
        ConfigurationSource source = before.source().rejected(clock.instant(), problems);
        state = new State(before.config(), before.usable(), problems, before.warnings(), source);
        problems.forEach(problem -> LOG.log(Level.ERROR, "configuration rejected: {0}", problem));
        if (before.usable()) {
            announce(() -> rejected.accept(new ConfigurationRejected(problems)));
        }
    }

    private void accept(PlatformConfig next, List<String> warnings) {
        State before = state;
        if (before.usable() && next.equals(before.config())) {
            // keep the object in force: other classes hold what they have built from it
            ConfigurationSource source = before.source().accepted(clock.instant(), false);
            state = new State(before.config(), true, List.of(), warnings, source);
            unchanged.increment();
            LOG.log(Level.INFO, "configuration: the file says again what is in force");
            return;
        }
        state = new State(next, true, List.of(), warnings, before.source().accepted(clock.instant(), true));
        taken.increment();
        LOG.log(
                Level.INFO,
                "configuration in force: {0} keys, {1} personas, {2} connections, {3} prompts, {4} documents, {5} skills",
                next.apiKeys().keys().size(),
                next.personas().size(),
                next.connections().size(),
                next.prompts().size(),
                next.documents().size(),
                next.skills().size());
        if (!next.apiKeys().enabled()) {
            LOG.log(Level.WARNING, "auth.api_keys.enabled is not true: every API key is refused");
        }
        if (before.usable()) {
            List<String> changes = ConfigDiff.between(before.config(), next);
            changes.forEach(change -> LOG.log(Level.INFO, "configuration: {0}", change));
            announce(() -> changed.accept(new ConfigurationChanged(before.config(), next, changes)));
        }
    }

    /** A revoked key must stop working even if the audit store cannot record the change. */
    private static void announce(Runnable announcement) {
        try {
            announcement.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a change of the configuration is in force but was not audited", e);
        }
    }
}
