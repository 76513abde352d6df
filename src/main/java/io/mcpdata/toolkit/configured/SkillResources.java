package io.mcpdata.toolkit.configured;

import io.mcpdata.config.SkillConfig;
import io.mcpdata.config.SkillFile;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceContents;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the configuration's skills as resources. Thread-safe. */
final class SkillResources implements ResourceHandler {

    private static final Pattern URI = Pattern.compile("skill://([^/]+)/(.+)");

    private final Supplier<List<SkillConfig>> skills;

    SkillResources(Supplier<List<SkillConfig>> skills) {
        this.skills = skills;
    }

    private record Found(ConfiguredSkill skill, SkillFile file) {

        ReadResourceResult read(String uri) {
            return new ReadResourceResult(
                    List.of(new ResourceContents(uri, file.mimeType(), file.data(), file.isText())));
        }
    }

    @Override
    public boolean owns(String uri) {
        return find(uri).isPresent();
    }

    /** Of every URI that a file of the skill could have. */
    @Override
    public Optional<String> skill(String uri) {
        Matcher parts = URI.matcher(uri);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    @Override
    public List<String> parts(CallContext context) {
        return skills.get().stream()
                .flatMap(skill -> skill.files().stream().map(new ConfiguredSkill(skill)::uri))
                .toList();
    }

    @Override
    public List<Resource> list(CallContext context, String part) {
        return find(part).map(found -> found.skill().resource(found.file())).stream()
                .toList();
    }

    @Override
    public Optional<ReadResourceResult> read(CallContext context, String uri) {
        return find(uri).map(found -> found.read(uri));
    }

    private Optional<Found> find(String uri) {
        Matcher parts = URI.matcher(uri);
        return parts.matches()
                ? skills.get().stream()
                        .filter(skill -> skill.name().equals(parts.group(1)))
                        .flatMap(skill -> skill.files().stream()
                                .filter(file -> file.path().equals(parts.group(2)))
                                .map(file -> new Found(new ConfiguredSkill(skill), file)))
                        .findFirst()
                : Optional.empty();
    }
}
