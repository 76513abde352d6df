package io.mcpdata.toolkit.configured;

import io.mcpdata.config.SkillConfig;
import io.mcpdata.config.SkillFile;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.Skill;

/** A skill of the configuration. */
record ConfiguredSkill(SkillConfig config) {

    private static final String MAIN = "SKILL.md";

    Skill describe() {
        return new Skill(
                root(),
                config.frontmatter(),
                config.files().stream()
                        .map(file -> new Skill.File(resource(file), file.digest()))
                        .toList());
    }

    String uri(SkillFile file) {
        // no name of a skill or file has a character that a URI would have to encode
        return root() + "/" + file.path();
    }

    Resource resource(SkillFile file) {
        boolean main = file.path().equals(MAIN);
        return new Resource(
                uri(file),
                main ? config.name() : file.path().substring(file.path().lastIndexOf('/') + 1),
                "",
                main ? config.description() : "",
                file.mimeType(),
                file.size());
    }

    private String root() {
        return "skill://" + config.name();
    }
}
