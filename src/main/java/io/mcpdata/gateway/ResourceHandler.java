package io.mcpdata.gateway;

import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceTemplate;
import java.util.List;
import java.util.Optional;

/**
 * Resources of one kind. Only the gateway calls it: before {@link #read} the persona allows the URI and the connection
 * of the resource, and of a list the caller gets what the persona allows. Thread-safe.
 */
public interface ResourceHandler {

    /** Whether the URI is of this kind, whether or not there is such a resource. Must be cheap. */
    boolean owns(String uri);

    /** The connection that the resource belongs to; empty if it belongs to none. Must be cheap. */
    default Optional<String> connection(String uri) {
        return Optional.empty();
    }

    /**
     * The skill that the resource is a file of; then the persona's rules for skills decide, and those for resources do
     * not. Empty if it belongs to none. Must be cheap.
     */
    default Optional<String> skill(String uri) {
        return Optional.empty();
    }

    /**
     * The rule of a connection or persona by which the resource does not exist for the caller; empty if it may. Must be
     * cheap.
     */
    default Optional<String> hiddenBy(CallContext context, String uri) {
        return Optional.empty();
    }

    /**
     * The parts in which the resources are listed: the URI of one resource, or the beginning of the URIs of several, with
     * {@code *} at its end. The caller is told that the list has changed when its parts have. Must be cheap.
     */
    List<String> parts(CallContext context);

    /** The rules that decide on the resources of a part, beside those of the persona over URIs. Must be cheap. */
    default List<String> rules(CallContext context, String part) {
        return List.of();
    }

    /** @throws ToolException an error that the caller can read */
    List<Resource> list(CallContext context, String part);

    /** In the order they are listed. */
    default List<ResourceTemplate> templates() {
        return List.of();
    }

    /**
     * The contents; empty if there is no such resource.
     *
     * @throws ToolException an error that the caller can read
     */
    Optional<ReadResourceResult> read(CallContext context, String uri);

    /** Values of a template's variable that begin with the text typed so far; the gateway adds those of listed resources. */
    default List<String> complete(CallContext context, CompleteRequest request) {
        return List.of();
    }
}
