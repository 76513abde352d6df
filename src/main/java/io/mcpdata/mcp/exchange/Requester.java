package io.mcpdata.mcp.exchange;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;

/** Who sends a message, as authenticated with that very message, and from where. */
public record Requester(AuthorizedCaller caller, RequestOrigin origin) {}
