package io.mcpdata.mcp.session;

import io.mcpdata.mcp.exchange.ClientRequests;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.ResourceSubscriptions;
import io.mcpdata.mcp.exchange.RunningCalls;

/** A message of a session, whose responses go to the session's stream. Thread-safe. */
public record SessionExchange(McpSession session, Requester requester) implements Exchange {

    @Override
    public Initialization initialization() {
        return session.initialization();
    }

    @Override
    public RunningCalls calls() {
        return session.calls();
    }

    @Override
    public ResourceSubscriptions subscriptions() {
        return session.subscriptions();
    }

    @Override
    public ClientRequests requests() {
        return session.requests();
    }

    @Override
    public boolean send(String message) {
        session.stream().send(message);
        return session.stream().isOpen();
    }

    @Override
    public void reply(String response) {
        session.touch();
        session.stream().send(response);
    }
}
