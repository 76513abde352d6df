package io.mcpdata.gateway;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.DirectoryRequest;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.GetPromptRequest;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ReadResourceRequest;
import java.util.List;
import java.util.Optional;

/**
 * The tools, resources, prompts and skills that exist for a caller. What the caller's persona denies does not exist. Methods with
 * a {@link ClientCall} block until the toolkit is done; they give an empty result if the outcome has been given to {@link
 * ClientCall#late}. Methods throw {@link ProtocolException} if there is no such thing for the caller, or the parameters
 * are not valid. Thread-safe.
 */
public interface Features {

    ListPage listTools(AuthorizedCaller caller, PaginatedRequest request);

    Optional<FeatureResult> callTool(ClientCall call, CallToolRequest request);

    /** Whether {@link #callTool} waits for nothing. False for a tool that does not exist for the caller. */
    boolean isImmediate(AuthorizedCaller caller, CallToolRequest request);

    /** The parameters that clients repeat in headers; empty for a tool that does not exist for the caller. */
    List<HeaderParameter> inHeaders(AuthorizedCaller caller, String tool);

    Optional<FeatureResult> listResources(ClientCall call, PaginatedRequest request);

    ListPage listResourceTemplates(AuthorizedCaller caller, PaginatedRequest request);

    Optional<FeatureResult> readResource(ClientCall call, ReadResourceRequest request);

    /** Checks that the caller may read a resource of this URI, so that it may subscribe to it. */
    void checkSubscription(AuthorizedCaller caller, RequestOrigin origin, String uri);

    /** Whether the caller may read a resource of this URI. */
    boolean mayRead(AuthorizedCaller caller, String uri);

    Optional<FeatureResult> listSkills(ClientCall call, PaginatedRequest request);

    /** @param request the URI of a {@code SKILL.md} */
    Optional<FeatureResult> getSkill(ClientCall call, ReadResourceRequest request);

    /** @param directory the URI of a folder of a skill */
    Optional<FeatureResult> listDirectory(ClientCall call, DirectoryRequest request);

    ListPage listPrompts(AuthorizedCaller caller, PaginatedRequest request);

    Optional<FeatureResult> getPrompt(ClientCall call, GetPromptRequest request);

    Optional<FeatureResult> complete(ClientCall call, CompleteRequest request);

    /** What the caller's lists consist of, to notice a change. Must be cheap. */
    FeatureLists lists(AuthorizedCaller caller);

    /** Changes when a toolkit's lists may have changed. */
    long version();
}
