package io.mcpdata.container.sso;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * The addresses that clients request after a challenge: at any context root, existing ones give a document and the rest
 * 404.
 */
final class WellKnown {

    static final String METADATA = "/.well-known/oauth-protected-resource";

    /**
     * Addresses that clients try on other servers, some of them on this one, and addresses that only look like the
     * platform's.
     */
    private static final List<String> ABSENT = List.of(
            "/.well-known",
            "/.well-known/",
            "/.well-known/oauth-authorization-server",
            "/.well-known/oauth-authorization-server/sse",
            "/.well-known/openid-configuration",
            "/.well-known/openid-configuration/sse",
            METADATA + "/api",
            METADATA + "/messages",
            METADATA + "/sse/more",
            METADATA + "x");

    private WellKnown() {}

    /** None of them answers with a challenge: a client would assume that its credential is refused. */
    static void assertNothingElseIsThere(Web web) {
        for (String path : ABSENT) {
            assertTellsWhatToSend(path, web.get(path));
            assertTellsWhatToSend(path, web.get(path, "a-key-of-no-entry"));
        }
        assertTellsWhatToSend(
                "/register",
                web.send(web.to("/register").header("Content-Type", Web.JSON).POST(BodyPublishers.ofString("{}"))));
        assertIsProblem("GET /register", 405, web.get("/register"));
        assertIsProblem("POST", 405, web.send(web.to(METADATA).POST(BodyPublishers.noBody())));
    }

    /** Clients read the answer as an error of OAuth, and show its description to people. */
    private static void assertTellsWhatToSend(String what, Answer answer) {
        assertIsProblem(what, 404, answer);
        assertThat(answer.json().getString("error")).as(what).isEqualTo("access_denied");
        assertThat(answer.json().getString("error_description"))
                .as(what)
                .contains("registers no clients", METADATA, "Authorization: Bearer <token>")
                .matches("[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+");
    }

    private static void assertIsProblem(String what, int status, Answer answer) {
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.header("Content-Type")).as(what).startsWith("application/problem+json");
        assertThat(answer.json().getInt("status")).as(what).isEqualTo(status);
        assertThat(answer.header("WWW-Authenticate")).as(what).isEmpty();
    }

    /** Follows a challenge as a client does: its link leads to a document about the requested address. */
    static void assertChallengeLeadsHome(Web web, String resource) {
        Answer refused = web.send(web.toAddress(resource));
        assertThat(refused.status()).isEqualTo(401);
        String link = refused.header("WWW-Authenticate").replaceAll(".*resource_metadata=\"([^\"]*)\".*", "$1");
        assertDocument(web, link, resource);
    }

    static void assertDocument(Web web, String address, String resource) {
        Answer document = web.send(web.toAddress(address));
        assertThat(document.status()).as(address).isEqualTo(200);
        assertThat(document.header("Content-Type")).startsWith("application/json");
        assertThat(document.json().getString("resource")).isEqualTo(resource);
        assertThat(document.json().getJsonArray("authorization_servers"))
                .hasToString("[\"" + String.join("\",\"", SsoPlatform.issuers()) + "\"]");
    }
}
