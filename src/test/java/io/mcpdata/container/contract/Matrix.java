package io.mcpdata.container.contract;

import io.mcpdata.container.conformance.OpenApiDocument;
import io.mcpdata.container.contract.Endpoints.Endpoint;
import io.mcpdata.container.contract.Visitor.Known;
import io.mcpdata.container.server.EnteredMethods;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.EventStream.Event;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests and records the answers, the methods that ran, and every difference from the contract. */
final class Matrix {

    private static final String REALM = "Bearer realm=\"container tests\"";

    private final Web web;
    private final EnteredMethods entered;
    private final List<String> transcript = new ArrayList<>();
    private final List<String> surprises = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final Map<String, Long> successes = new TreeMap<>();

    /** How often each method should have been called so far. */
    private Map<String, Integer> asked = new TreeMap<>();

    Matrix(Web web, EnteredMethods entered) {
        this.web = web;
        this.entered = entered;
    }

    /** Every answer, in the order of the questions. */
    List<String> transcript() {
        return transcript;
    }

    List<String> surprises() {
        return surprises;
    }

    /** The values that an answer shows once. */
    List<String> secrets() {
        return secrets;
    }

    /** How often it had an effect. */
    long successes(String endpoint) {
        return successes.getOrDefault(endpoint, 0L);
    }

    /** Nothing may run. */
    void refuse(Question question, Visitor visitor) {
        String what = question.endpoint() + " to " + visitor;
        Answer answer = web.send(question.from(visitor, web));
        note(what, answer.status(), answer.response().headers(), answer.body());
        checkReader(what, visitor.reader(), answer.status(), answer.response().headers());
        checkRefusal(question.endpoint(), visitor, answer);
        checkAgainstTheDocument(question, what, answer);
        checkRuns(what);
    }

    /** The method runs, once, and nothing else. */
    Answer admit(Question question, Visitor visitor) {
        String what = question.endpoint() + " to " + visitor;
        count(question.endpoint());
        Answer answer = web.send(question.from(visitor, web));
        note(what, answer.status(), answer.response().headers(), answer.body());
        succeeded(
                question.endpoint(),
                what,
                visitor,
                answer.status(),
                answer.response().headers());
        checkAgainstTheDocument(question, what, answer);
        for (String name : List.of("key", "ticket")) {
            if (answer.status() == 201 && answer.json().containsKey(name)) {
                secrets.add(answer.json().getString(name));
            }
        }
        checkRuns(what);
        return answer;
    }

    /** The stream begins, and its first event is the one that everything else needs. */
    void admitToStream(Question question, Visitor visitor) {
        String what = question.endpoint() + " to " + visitor;
        count(question.endpoint());
        try (EventStream stream = web.open(question.from(visitor, web))) {
            Event first = stream.next();
            int status = stream.response().statusCode();
            HttpHeaders headers = stream.response().headers();
            String root = web.platform()
                    .server()
                    .baseUrl()
                    .substring(web.platform().server().origin().length());
            String data = first.data().startsWith(root) ? first.data().substring(root.length()) : first.data();
            note(what, status, headers, first.name() + ": " + data);
            succeeded(question.endpoint(), what, visitor, status, headers);
        }
        checkRuns(what);
    }

    /** Requests of the test itself run methods too. */
    void count(Endpoint endpoint) {
        asked.merge(endpoint.runs(), 1, Integer::sum);
    }

    /** A browser's preflight request before a page may send a credential: it has no credential, and no method runs. */
    void askForAPage(Question question, String page, int status) {
        String method = question.endpoint().method();
        String what = "the question of " + page + " at " + question.endpoint();
        Answer answer = web.send(web.to(question.path())
                .header("Origin", page)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type,mcp-method")
                .method("OPTIONS", BodyPublishers.noBody()));
        note(what, answer.status(), answer.response().headers(), answer.body());
        boolean listed = page.equals(Visitor.LISTED_PAGE);
        checkReader(what, listed ? page : "", answer.status(), answer.response().headers());
        boolean methods = answer.header("Access-Control-Allow-Methods").contains(method);
        boolean headers = answer.header("Access-Control-Allow-Headers").matches(".*Authorization.*mcp-method.*");
        if (answer.status() != status || methods != listed || headers != listed) {
            surprises.add(what + " gets " + Transcripts.words(answer));
        }
        checkRuns(what);
    }

    /** A method that ran late, or after its answer, is found by the next check. */
    void checkRuns(String after) {
        Map<String, Integer> ran = entered.counts();
        Map<String, Integer> unasked = new TreeMap<>(ran);
        asked.forEach((method, times) -> unasked.merge(method, -times, Integer::sum));
        unasked.values().removeIf(times -> times == 0);
        expect("methods that ran too often, or too rarely, up to " + after, Map.of(), unasked);
        asked = ran;
    }

    void expect(String what, Object promised, Object found) {
        if (!found.equals(promised)) {
            surprises.add(what + ": " + found + " instead of " + promised);
        }
    }

    private void succeeded(Endpoint endpoint, String what, Visitor visitor, int status, HttpHeaders headers) {
        checkReader(what, visitor.reader(), status, headers);
        if (status / 100 == 2) {
            successes.merge(endpoint.toString(), 1L, Long::sum);
        }
        if (status == 401 || status == 403 || status >= 500) {
            surprises.add(what + ": refused with " + status);
        }
    }

    private void checkRefusal(Endpoint endpoint, Visitor visitor, Answer answer) {
        boolean known = visitor.isKnownTo(endpoint);
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

    /** Here each refusal has the form that the document promises. */
    private void checkAgainstTheDocument(Question question, String what, Answer answer) {
        OpenApiDocument.current()
                .problems(
                        question.endpoint().method(),
                        question.path(),
                        answer.status(),
                        answer.header("Content-Type"),
                        answer.body())
                .forEach(problem -> surprises.add(what + ": by docs/openapi.yaml, " + problem));
    }

    /** Only a listed page may read an answer, with any status, and never with the browser's own credentials. */
    private void checkReader(String what, String page, int status, HttpHeaders headers) {
        boolean exposed = first(headers, "Access-Control-Expose-Headers").contains("WWW-Authenticate");
        boolean varies =
                status == 403 && page.isEmpty() || first(headers, "Vary").startsWith("Origin");
        if (!first(headers, "Access-Control-Allow-Origin").equals(page)
                || exposed == page.isEmpty()
                || !varies
                || !first(headers, "Access-Control-Allow-Credentials").isEmpty()) {
            surprises.add(what + ": headers for pages: " + Transcripts.words(status, headers, ""));
        }
    }

    private static String first(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("");
    }

    private void note(String what, int status, HttpHeaders headers, String body) {
        transcript.add(what + " | " + Transcripts.words(status, headers, body));
    }
}
