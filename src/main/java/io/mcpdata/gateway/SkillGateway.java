package io.mcpdata.gateway;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.DirectoryRequest;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.GetSkillResult;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ReadDirectoryResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.Skill;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The only way to the lists of skills and of their files: the persona's policy, and always an audit row. A skill that the
 * persona denies is reported as if it did not exist. {@link ResourceGateway} gives the files themselves. Thread-safe.
 */
final class SkillGateway {

    private static final String SKILLS = "skills";
    private static final String DIRECTORY = "inode/directory";

    private final Toolkits toolkits;
    private final AuditedCalls calls;
    private final Pages pages;

    SkillGateway(Toolkits toolkits, AuditedCalls calls, Pages pages) {
        this.toolkits = toolkits;
        this.calls = calls;
        this.pages = pages;
    }

    Optional<FeatureResult> list(ClientCall call, PaginatedRequest request) {
        AuditEvent row =
                AuditedCalls.row(Type.SKILL_LIST, call, "", "", Json.object().build());
        return run(call, row, () -> {
            ListPage page = pages.page(SKILLS, call.caller(), request, visible(call.caller()));
            return new AuditedCalls.Given(page, page.items().size());
        });
    }

    List<Skill> visible(AuthorizedCaller caller) {
        return toolkits.skills().stream()
                .filter(skill -> caller.persona().skill(skill.name()).allowed())
                .toList();
    }

    Optional<FeatureResult> get(ClientCall call, String uri) {
        AuditEvent row = row(Type.SKILL_GET, call, uri);
        Optional<Skill> skill = toolkits.skills().stream()
                .filter(known -> known.uri().equals(uri))
                .findFirst();
        Skill allowed = require(call, skill, row, "No skill is served at " + Shown.name(uri));
        return run(call, row, () -> new AuditedCalls.Given(new GetSkillResult(allowed), -1));
    }

    /** The files and folders of a folder of a skill. */
    Optional<FeatureResult> directory(ClientCall call, DirectoryRequest request) {
        String uri = request.uri();
        AuditEvent row = row(Type.RESOURCE_LIST, call, uri);
        Optional<Skill> skill = toolkits.skills().stream()
                .filter(known -> !children(known, uri).isEmpty())
                .findFirst();
        Skill allowed = require(call, skill, row, Shown.name(uri) + " is not a directory resource");
        List<Resource> children = children(allowed, uri);
        return run(call, row, () -> {
            ListPage page = pages.page("directory " + uri, "resources", call.caller(), request.page(), children);
            return new AuditedCalls.Given(
                    new ReadDirectoryResult(page), page.items().size());
        });
    }

    /** By URI; empty if it is no folder of the skill, because only folders with files are known. */
    private static List<Resource> children(Skill skill, String directory) {
        Map<String, Resource> children = new TreeMap<>();
        if (!(directory + "/").startsWith(skill.root() + "/")) {
            return List.of();
        }
        for (Skill.File file : skill.files()) {
            String uri = file.resource().uri();
            if (uri.startsWith(directory + "/")) {
                int end = uri.indexOf('/', directory.length() + 1);
                String child = end < 0 ? uri : uri.substring(0, end);
                String name = child.substring(directory.length() + 1);
                children.put(child, end < 0 ? file.resource() : new Resource(child, name, "", "", DIRECTORY, -1));
            }
        }
        return List.copyOf(children.values());
    }

    /** @param row of the request; it is recorded if the request is refused */
    private Skill require(ClientCall call, Optional<Skill> skill, AuditEvent row, String message) {
        Optional<AccessDecision> decision =
                skill.map(known -> call.caller().persona().skill(known.name()));
        if (decision.filter(AccessDecision::allowed).isEmpty()) {
            calls.denied(
                    row,
                    skill.isEmpty() ? "skill_unknown" : "skill_denied",
                    decision.map(AccessDecision::rule).orElse(""));
            throw ProtocolException.invalidParams(message);
        }
        return skill.get();
    }

    private Optional<FeatureResult> run(ClientCall call, AuditEvent row, Supplier<AuditedCalls.Given> toolkit) {
        return calls.run(call, SKILLS, row, toolkit, message -> {
            throw new ProtocolException(ErrorCode.INTERNAL_ERROR, message);
        });
    }

    private static AuditEvent row(Type type, ClientCall call, String uri) {
        return AuditedCalls.row(
                type, call, "", "", Json.object().add("uri", uri).build());
    }
}
