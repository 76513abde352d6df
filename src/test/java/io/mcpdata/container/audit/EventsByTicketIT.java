package io.mcpdata.container.audit;

import static io.mcpdata.container.audit.EventsIT.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** Audit rows for pages, whose browsers cannot send a header with the request that opens the stream. */
@ArquillianTest
final class EventsByTicketIT {

    private static final String TICKETS = "/api/v1/stream-tickets";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String ticket(HttpRequest.Builder request) {
        Answer answer = web.send(request.POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().getString("ticket");
    }

    private String ticket(String name) {
        return ticket(web.to(TICKETS, platform.key(name)));
    }

    private int statusOf(String path) {
        return web.send(web.to(path).header("Accept", "text/event-stream")).status();
    }

    private long oneRow() {
        assertThat(web.get("/api/v1/keys", platform.key("stray")).status()).isEqualTo(403);
        return web.get("/api/v1/audit?limit=1", platform.key("auditor"))
                .json()
                .getJsonArray("rows")
                .getJsonObject(0)
                .getJsonNumber("id")
                .longValue();
    }

    @Test
    void ticketOpensOneStreamOfItsCallerAndIsInNoLogAndNoRow() {
        String ticket = ticket("admin");
        try (EventStream stream = web.open(web.to(EVENTS + "?caller=stray-service&ticket=" + ticket))) {
            assertThat(stream.response().headers().firstValue("Cache-Control")).contains("no-store, no-cache");
            assertThat(stream.response().headers().firstValue("Referrer-Policy"))
                    .contains("no-referrer");
            stream.next("ready");
            oneRow();
            assertThat(stream.next("audit").json().getString("caller")).isEqualTo("stray-service");
            assertThat(statusOf(EVENTS + "?ticket=" + ticket)).isEqualTo(401);
        }
        assertThat(platform.server().awaitLog("category=ticket_unknown")).doesNotContain(ticket);
        assertThat(platform.server().accessLog()).doesNotContain(ticket);
        String rows = web.get(
                        "/api/v1/audit?type=audit_read&category=events_watched&caller=admin-service",
                        platform.key("auditor"))
                .body();
        assertThat(rows).contains("stray-service").doesNotContain(ticket, "\"ticket\"");
    }

    @Test
    void permissionsOfTheCallerOfTheTicketDecide() {
        assertThat(statusOf(EVENTS + "?ticket=" + ticket("analyst"))).isEqualTo(403);
        assertThat(web.send(web.to(TICKETS, platform.key("auditor")).POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void ticketOfARevokedKeyOpensNothing() {
        JsonObject made = web.post(
                        "/api/v1/keys",
                        platform.key("admin"),
                        "{\"name\": \"leaving-" + UUID.randomUUID().toString().substring(0, 8)
                                + "\", \"roles\": [\"admin\"]}")
                .json();
        String ticket = ticket(web.to(TICKETS, made.getString("key")));
        web.send(web.to("/api/v1/keys/" + made.getString("key_id"), platform.key("admin"))
                .DELETE());

        assertThat(statusOf(EVENTS + "?ticket=" + ticket)).isEqualTo(401);
    }

    @Test
    void ticketIsBoundToThePageItWasGivenTo() {
        String own = platform.server().origin();
        String ofThePage = ticket(web.to(TICKETS, platform.key("admin")).header("Origin", own));
        try (EventStream stream = web.open(web.to(EVENTS + "?ticket=" + ofThePage))) {
            stream.next("ready");
        }
        assertThat(web.send(web.to(EVENTS + "?ticket=" + ticket("admin"))
                                .header("Origin", own)
                                .header("Accept", "text/event-stream"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ticketIsGoodForTheGetOfAStreamAlone() {
        String ticket = ticket("admin");
        assertThat(statusOf("/api/v1/audit?ticket=" + ticket)).isEqualTo(401);
        assertThat(statusOf("/api/v1/keys?ticket=" + ticket)).isEqualTo(401);
        assertThat(web.send(web.to(EVENTS + "?ticket=" + ticket).method("HEAD", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(401);
        assertThat(web.get(EVENTS + "?ticket=" + ticket, platform.key("admin")).status())
                .isEqualTo(400);
        assertThat(statusOf(EVENTS + "?api_key=" + platform.key("admin"))).isEqualTo(401);
        try (EventStream stream = web.open(web.to(EVENTS + "?ticket=" + ticket))) {
            stream.next("ready");
        }
    }

    @Test
    void streamContinuesAfterTheNumberInTheQueryOrInTheHeaderWhichComesFirst() {
        long first = oneRow();
        long second = oneRow();
        String after = EVENTS + "?caller=stray-service&last_event_id=";
        try (EventStream stream = web.open(web.to(after + first + "&ticket=" + ticket("admin")))) {
            assertThat(stream.next("ready").id()).isEqualTo(Long.toString(first));
            assertThat(stream.next("audit").id()).isEqualTo(Long.toString(second));
        }
        HttpRequest.Builder both = web.to(after + "0&ticket=" + ticket("admin"));
        try (EventStream stream = web.open(both.header("Last-Event-ID", Long.toString(second)))) {
            assertThat(stream.next("ready").id()).isEqualTo(Long.toString(second));
        }
        Answer wrong = web.get(after + "999999999999999999&ticket=" + ticket("admin"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().getString("detail")).contains("last_event_id");
    }
}
