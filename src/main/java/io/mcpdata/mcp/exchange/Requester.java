package io.mcpdata.mcp.exchange;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;

/** The sender of a message, as authenticated with that message, and its address. */
public record Requester(AuthorizedCaller caller, RequestOrigin origin) {}
