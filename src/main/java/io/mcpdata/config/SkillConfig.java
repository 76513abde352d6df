package io.mcpdata.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One skill of the folder that {@code skills} names.
 *
 * @param name that of its folder
 * @param frontmatter what stands at the beginning of its {@code SKILL.md}: {@link Map}, {@link List}, {@link String},
 *     {@link java.math.BigDecimal}, {@link Boolean} and null
 * @param files in the order of their paths, {@code SKILL.md} among them
 */
public record SkillConfig(
        String name,
        String description,
        @ConfigKey(told = false) Map<String, @Nullable Object> frontmatter,
        @ConfigKey(told = false) List<SkillFile> files)
        implements ConfigEntry {

    public SkillConfig {
        files = List.copyOf(files);
    }

    @Override
    public String label() {
        return "skill " + name;
    }
}
