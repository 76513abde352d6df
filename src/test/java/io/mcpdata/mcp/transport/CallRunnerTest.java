package io.mcpdata.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.mcp.protocol.CallToolRequest;
import io.mcpdata.mcp.protocol.Json;
import io.mcpdata.mcp.protocol.JsonRpcId;
import io.mcpdata.mcp.transport.Room.Client;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class CallRunnerTest {

    private final Room room = new Room();
    private final Client ann = room.connectInitialized("ann");

    @Test
    void callBeyondTheLimitOfTheCallerIsRefusedAndAudited() {
        for (int id = 0; id < InMemoryConfiguration.CALLS; id++) {
            call(id);
        }

        assertThat(answer(call(99))).contains("\"id\":99").contains("too many calls at once");
        assertRefused("too_many_calls");
    }

    @Test
    void callTheServerHasNoThreadForIsAudited() {
        CallRunner none = new CallRunner(
                room.tools,
                task -> {
                    throw new RejectedExecutionException("full");
                },
                room.configuration,
                new StreamAudit(room.audit, room.clock));

        assertThatThrownBy(() -> none.start(
                        room.sessions.find(ann.sessionId()).orElseThrow(),
                        JsonRpcId.of(1),
                        new CallToolRequest("echo", Json.readObject("{}")),
                        new Requester(ann.caller(), Room.ORIGIN)))
                .hasMessageContaining("try again");

        assertThat(none.running()).isZero();
        assertRefused("server_busy");
    }

    private List<String> call(int id) {
        ann.post("{\"jsonrpc\":\"2.0\",\"id\":" + id
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{}}}");
        return ann.sink().messages();
    }

    private String answer(List<String> before) {
        room.executor.runAll();
        List<String> all = ann.sink().messages();
        return String.join("\n", all.subList(before.size(), all.size()));
    }

    private void assertRefused(String category) {
        AuditEvent row = room.audit.rows().get(room.audit.rows().size() - 1);
        assertThat(row.type()).isEqualTo(Type.TOOL_CALL);
        assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row.category()).isEqualTo(category);
        assertThat(row.tool()).isEqualTo("echo");
        assertThat(row.subject().caller()).isEqualTo("ann");
    }
}
