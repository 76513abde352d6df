package io.mcpdata.stdio;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ConfigProblem;
import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.persona.PersonaDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What checking a file gave.
 *
 * @param keys every configured key, in the order of the file; empty if the file has errors
 * @param answer to the question about one key, if one was asked and the file has no errors
 */
record CheckReport(
        String file,
        List<ConfigProblem> errors,
        List<ConfigProblem> warnings,
        List<KeyCheck> keys,
        Optional<KeyLookup.Answer> answer) {

    CheckReport {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        keys = List.copyOf(keys);
    }

    static CheckReport of(String file, ConfigReading reading, Instant now) {
        List<KeyCheck> keys = reading.config().map(config -> fates(config, now)).orElse(List.of());
        List<ConfigProblem> warnings = new ArrayList<>(reading.warnings());
        reading.config()
                .filter(config -> !config.apiKeys().enabled())
                .ifPresent(config -> warnings.add(new ConfigProblem(
                        file, 0, "auth.api_keys.enabled", "no true", "true; every API key is refused until then")));
        keys.stream()
                .filter(fate -> fate.status() == KeyCheck.Status.EXPIRED)
                .forEach(fate -> warnings.add(new ConfigProblem(
                        file, 0, fate.place() + ".expires_at", "a time that is over", "a later one, or no entry")));
        return new CheckReport(file, reading.errors(), warnings, keys, Optional.empty());
    }

    private static List<KeyCheck> fates(PlatformConfig config, Instant now) {
        PersonaDirectory personas = new PersonaDirectory(config.personas());
        List<KeyCheck> fates = new ArrayList<>();
        for (ApiKeyConfig key : config.apiKeys().keys()) {
            fates.add(KeyCheck.of(fates.size(), key, config.apiKeys().enabled(), personas, now));
        }
        return fates;
    }

    CheckReport answering(KeyLookup.Answer given) {
        return new CheckReport(file, errors, warnings, keys, Optional.of(given));
    }

    boolean valid() {
        return errors.isEmpty();
    }

    /** @param strict whether a warning is as bad as an error */
    boolean passes(boolean strict) {
        boolean matched = answer.filter(given -> given.entry().isEmpty()).isEmpty();
        return valid() && matched && !(strict && !warnings.isEmpty());
    }
}
