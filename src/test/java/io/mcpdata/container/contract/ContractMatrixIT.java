package io.mcpdata.container.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.contract.Endpoints.Endpoint;
import io.mcpdata.container.contract.Visitor.Known;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint x every kind of caller: who is refused is refused in exactly the same way everywhere, nothing ran
 * behind the refusal, and whatever is answered is answered alike on every server and at every context root.
 */
final class ContractMatrixIT {

    private static final String REALM = "Bearer realm=\"container tests\"";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"tools/call\",\"params\":{\"name\":\"platform_info\"}}";

    private final List<String> transcript = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private int streams;

    @Test
    void everyEndpointAnswersEveryCallerAsPromisedAtTheRoot() throws Exception {
        matrix("/");
    }

    @Test
    void everyEndpointAnswersEveryCallerAsPromisedAtAContextRoot() throws Exception {
        matrix("/data");
    }

    private void matrix(String contextRoot) throws Exception {
        Platform platform = Platform.start(Platform.Options.standard().at(contextRoot));
        try (platform) {
            Web web = new Web(platform);
            List<Endpoint> endpoints = Endpoints.all();
            assertThat(endpoints).hasSizeGreaterThan(8);
            List<String> keysBefore = keys(web, platform);
            streams = 1;
            try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
                String session = viewer.endpoint().replaceAll(".*sessionId=", "");
                for (Endpoint endpoint : endpoints) {
                    for (Visitor visitor : Visitor.all(platform)) {
                        ask(web, endpoint, visitor, session);
                    }
                    askForAPage(web, endpoint, Visitor.LISTED_PAGE, 204);
                    askForAPage(web, endpoint, Visitor.FOREIGN_PAGE, 403);
                }
                assertNothingRan(viewer);
            }
            assertThat(keys(web, platform)).isEqualTo(keysBefore);
        }
        assertNoSecretIsLogged(platform, contextRoot);
        assertThat(surprises).isEmpty();
        assertThat(StoredRows.count(platform.dataDirectory(), "type = 'STREAM_OPEN'"))
                .isEqualTo(streams);
        assertThat(StoredRows.count(platform.dataDirectory(), "type = 'TOOL_CALL' AND caller <> 'viewer-service'"))
                .isZero();
        Transcripts.compare(platform.server(), contextRoot, transcript);
    }

    /** The server has ended: not every access log is written at once. */
    private static void assertNoSecretIsLogged(Platform platform, String contextRoot) {
        String accesses = platform.server().accessLog();
        String log = platform.server().log();
        assertThat(accesses).contains((contextRoot.equals("/") ? "" : contextRoot) + "/sse");
        for (String secret : platform.keys().secrets()) {
            assertThat(accesses.contains(secret))
                    .as("the access log shows a secret")
                    .isFalse();
            assertThat(log.contains(secret)).as("the log shows a secret").isFalse();
        }
    }

    /** The viewer's session was called into by everybody: its own calls alone were answered. */
    private static void assertNothingRan(McpConversation viewer) {
        assertThat(viewer.stream().answer(77).containsKey("result")).isTrue();
        int pong = viewer.begin("ping", jakarta.json.JsonValue.EMPTY_JSON_OBJECT);
        assertThat(viewer.stream().next("message").json().getInt("id")).isEqualTo(pong);
    }

    private void ask(Web web, Endpoint endpoint, Visitor visitor, String session) {
        String query = endpoint.path().equals("/messages") ? "sessionId=" + session : "";
        String both = query + (query.isEmpty() || visitor.query().isEmpty() ? "" : "&") + visitor.query();
        HttpRequest.Builder request = web.to(endpoint.path() + (both.isEmpty() ? "" : "?" + both));
        visitor.headers().forEach(request::header);
        request.header("Content-Type", Web.JSON);
        boolean stream = endpoint.toString().equals("GET /sse");
        boolean known = visitor.known() == Known.CALLER || (stream && visitor.known() == Known.ON_STREAMS);
        boolean allowed = visitor.known() != Known.FOREIGN
                && (endpoint.isOpen() || (known && visitor.may(endpoint.permission())));
        if (stream && allowed) {
            streams++;
            web.open(request).close();
            note(endpoint, visitor, "an event stream");
            return;
        }
        boolean body = endpoint.method().equals("POST");
        String sent = endpoint.path().equals("/messages") ? CALL : "{}";
        Answer answer = web.send(
                request.method(endpoint.method(), body ? BodyPublishers.ofString(sent) : BodyPublishers.noBody()));
        note(endpoint, visitor, Transcripts.words(answer));
        checkReader(endpoint + " to " + visitor, visitor.reader(), answer);
        if (!allowed) {
            check(endpoint, visitor, known, answer);
        } else if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
            surprises.add(endpoint + " refuses " + visitor + ": " + answer.status());
        }
    }

    private void check(Endpoint endpoint, Visitor visitor, boolean known, Answer answer) {
        int status = visitor.known() == Known.AMBIGUOUS ? 400 : known || visitor.known() == Known.FOREIGN ? 403 : 401;
        String challenge = visitor.known() == Known.FOREIGN ? "" : REALM + error(endpoint, visitor);
        boolean problem = endpoint.method().equals("HEAD")
                || answer.header("Content-Type").startsWith("application/problem+json")
                        && answer.json().getInt("status") == status
                        && !answer.json().getString("request_id").isEmpty();
        if (answer.status() != status || !answer.header("WWW-Authenticate").equals(challenge) || !problem) {
            surprises.add(endpoint + " answers " + visitor + " with " + Transcripts.words(answer));
        }
    }

    private static String error(Endpoint endpoint, Visitor visitor) {
        return switch (visitor.known()) {
            case NOBODY, FOREIGN -> "";
            case REFUSED, ON_STREAMS -> ", error=\"invalid_token\"";
            case AMBIGUOUS -> ", error=\"invalid_request\"";
            case CALLER -> ", error=\"insufficient_scope\", scope=\"" + endpoint.permission() + "\"";
        };
    }

    /** What a browser asks before a page may send a credential: it brings none itself. */
    private void askForAPage(Web web, Endpoint endpoint, String page, int status) {
        Answer answer = web.send(web.to(endpoint.path())
                .header("Origin", page)
                .header("Access-Control-Request-Method", endpoint.method())
                .header("Access-Control-Request-Headers", "authorization,content-type,mcp-method")
                .method("OPTIONS", BodyPublishers.noBody()));
        transcript.add("OPTIONS " + endpoint.path() + " | " + page + " | " + Transcripts.words(answer));
        boolean listed = page.equals(Visitor.LISTED_PAGE);
        checkReader("the question of " + page + " at " + endpoint, listed ? page : "", answer);
        boolean methods = answer.header("Access-Control-Allow-Methods").contains(endpoint.method());
        boolean headers = answer.header("Access-Control-Allow-Headers").matches(".*Authorization.*mcp-method.*");
        if (answer.status() != status || methods != listed || headers != listed) {
            surprises.add("the question of " + page + " at " + endpoint + " gets " + Transcripts.words(answer));
        }
    }

    /** Only a listed page may read an answer, whatever it says, and never with the browser's own credentials. */
    private void checkReader(String what, String page, Answer answer) {
        boolean exposed = answer.header("Access-Control-Expose-Headers").contains("WWW-Authenticate");
        boolean varies = answer.status() == 403 && page.isEmpty()
                || answer.header("Vary").startsWith("Origin");
        if (!answer.header("Access-Control-Allow-Origin").equals(page)
                || exposed == page.isEmpty()
                || !varies
                || !answer.header("Access-Control-Allow-Credentials").isEmpty()) {
            surprises.add(what + ": headers for pages: " + Transcripts.words(answer));
        }
    }

    private void note(Endpoint endpoint, Visitor visitor, String answer) {
        transcript.add(endpoint + " | " + visitor + " | " + answer);
    }

    private static List<String> keys(Web web, Platform platform) {
        return web.get("/api/v1/keys", platform.key("admin")).json().getJsonArray("keys").stream()
                .map(key -> key.asJsonObject().getString("key_id") + " "
                        + key.asJsonObject().getString("status"))
                .toList();
    }
}
