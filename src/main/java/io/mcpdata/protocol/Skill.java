package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code Skill} of the MCP extension Skills (SEP-2640). Immutable and thread-safe.
 *
 * @param root the URI of its folder, without a slash at the end
 * @param frontmatter that of its {@code SKILL.md}, {@code name} and {@code description} among it, as JSON knows values
 * @param files all of them, {@code SKILL.md} among them
 */
public record Skill(String root, Map<String, @Nullable Object> frontmatter, List<File> files) implements Listed {

    /**
     * {@code SkillResource} of the extension.
     *
     * @param digest {@code sha256:} and the hash of its bytes in hexadecimal
     */
    public record File(Resource resource, String digest) {

        JsonObject toJson() {
            return Json.object()
                    .add("uri", resource.uri())
                    .add("digest", digest)
                    .add("size", resource.size())
                    .build();
        }
    }

    public Skill {
        files = List.copyOf(files);
    }

    public String name() {
        return String.valueOf(frontmatter.get("name"));
    }

    /** The URI of its {@code SKILL.md}, by which clients know it. */
    public String uri() {
        return root + "/SKILL.md";
    }

    @Override
    public JsonObject toJson(ClientRevision client) {
        JsonArrayBuilder resources = Json.array();
        files.forEach(file -> resources.add(file.toJson()));
        return Json.object()
                .add("uri", uri())
                .add("frontmatter", Json.provider().createObjectBuilder(frontmatter))
                .add("resources", resources)
                .build();
    }
}
