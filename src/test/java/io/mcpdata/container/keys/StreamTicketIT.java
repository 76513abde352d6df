package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** One-time tickets for clients that cannot send a header with the request that opens a stream. */
@ArquillianTest
final class StreamTicketIT {

    private static final String TICKETS = "/api/v1/stream-tickets";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String ticket() {
        Answer answer = web.send(web.to(TICKETS, platform.key("viewer")).POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().getInt("expires_in")).isEqualTo(30);
        return answer.json().getString("ticket");
    }

    private int statusOf(String path) {
        return web.send(web.to(path).header("Accept", "text/event-stream")).status();
    }

    @Test
    void ticketOpensOneStreamWhoseMessagesNeedNoHeader() {
        String ticket = ticket();
        try (EventStream stream = web.open(web.to("/sse?ticket=" + ticket));
                McpConversation conversation = McpConversation.over(web, stream)) {
            assertThat(conversation.endpoint()).contains("&token=").doesNotContain(ticket);
            assertThat(conversation.initialize().getJsonObject("result")).isNotNull();
            assertThat(statusOf("/sse?ticket=" + ticket)).isEqualTo(401);
        }
        assertThat(platform.server().awaitLog("category=ticket_unknown")).doesNotContain(ticket);
        assertThat(platform.server().accessLog()).doesNotContain(ticket);
    }

    @Test
    void ofTwoRacersExactlyOneGetsAStream() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < 5; race++) {
                String ticket = ticket();
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<Boolean> racer = () -> {
                    start.await(60, TimeUnit.SECONDS);
                    try (EventStream stream = web.open(web.to("/sse?ticket=" + ticket))) {
                        return !stream.endpoint().isEmpty();
                    } catch (IllegalStateException refused) {
                        assertThat(refused).hasMessageContaining("401");
                        return false;
                    }
                };
                Future<Boolean> one = racers.submit(racer);
                Future<Boolean> other = racers.submit(racer);
                assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(true, false);
            }
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void ticketIsRefusedEverywhereElse() {
        String ticket = ticket();
        assertThat(statusOf("/api/v1/whoami?ticket=" + ticket)).isEqualTo(401);
        assertThat(web.send(web.to("/sse?ticket=" + ticket, platform.key("viewer")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void ticketIsBoundToThePageItWasGivenTo() {
        String own = platform.server().origin();
        Answer answer = web.send(
                web.to(TICKETS, platform.key("viewer")).header("Origin", own).POST(BodyPublishers.noBody()));
        try (EventStream stream = web.open(web.to("/sse?ticket=" + answer.json().getString("ticket")))) {
            assertThat(stream.endpoint()).contains("sessionId=");
        }
        assertThat(web.send(web.to("/sse?ticket=" + ticket())
                                .header("Origin", own)
                                .header("Accept", "text/event-stream"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ticketNeedsACredentialAndThePermission() {
        assertThat(web.send(web.to(TICKETS).POST(BodyPublishers.noBody())).status())
                .isEqualTo(401);
        assertThat(web.send(web.to(TICKETS, platform.key("auditor")).POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(403);
    }
}
