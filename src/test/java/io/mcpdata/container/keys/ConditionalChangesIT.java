package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code If-Match} and {@code If-None-Match}: two people who edit one key, or reload one configuration. */
@ArquillianTest
final class ConditionalChangesIT {

    private static final String KEYS = "/api/v1/keys";
    private static final String CONFIG = "/api/v1/config";
    private static final String RELOAD = CONFIG + "/reload";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String made(String name) {
        Answer answer = web.post(KEYS, platform.key("admin"), "{\"name\":\"" + name + "\",\"roles\":[\"analyst\"]}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().getString("key_id");
    }

    private Answer read(String path) {
        return web.get(path, platform.key("admin"));
    }

    private String tag(String path) {
        return read(path).header("ETag");
    }

    private Answer revoke(String keyId, String... conditions) {
        return web.send(with(KEYS + "/" + keyId, conditions).DELETE());
    }

    private Answer rotate(String keyId, String... conditions) {
        return web.send(with(KEYS + "/" + keyId + "/rotate", conditions).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder with(String path, String... conditions) {
        HttpRequest.Builder request = web.to(path, platform.key("admin"));
        for (String condition : conditions) {
            request.header("If-Match", condition);
        }
        return request;
    }

    private static void assertChanged(Answer answer, String place) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(412);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains("If-Match", "changed since", place);
    }

    @Test
    void tagOfAKeyIsStrongAndChangesOnlyWithTheKey() {
        String key = made("tagged");
        Answer first = read(KEYS + "/" + key);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        assertThat(first.json().getString("key_id")).isEqualTo(key);
        assertThat(first.json()).doesNotContainKeys("key", "last_used");

        assertThat(tag(KEYS + "/" + key)).isEqualTo(first.header("ETag"));
        assertThat(rotate(key).status()).isEqualTo(201);
        assertThat(tag(KEYS + "/" + key)).isNotEqualTo(first.header("ETag"));
        assertThat(read(KEYS + "/000000000000").status()).isEqualTo(404);
    }

    @Test
    void useOfAKeyDoesNotChangeItsTag() {
        JsonObject made = web.post(KEYS, platform.key("admin"), "{\"name\":\"used\",\"roles\":[\"analyst\"]}")
                .json();
        String path = KEYS + "/" + made.getString("key_id");
        String before = tag(path);
        assertThat(web.get("/api/v1/whoami", made.getString("key")).status()).isEqualTo(200);
        assertThat(tag(path)).isEqualTo(before);
    }

    @Test
    void secondEditorIsToldThatTheKeyHasChanged() {
        String key = made("edited-twice");
        String read = tag(KEYS + "/" + key);

        assertThat(rotate(key, read).status()).isEqualTo(201);
        assertChanged(rotate(key, read), KEYS + "/" + key);
        assertChanged(revoke(key, read), KEYS + "/" + key);
        assertThat(read(KEYS + "/" + key).json().getString("status")).isEqualTo("active");

        assertThat(revoke(key, tag(KEYS + "/" + key)).status()).isEqualTo(204);
        assertThat(read(KEYS + "/" + key).json().getString("status")).isEqualTo("revoked");
        platform.server().awaitLog("category=changed_since_read");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void ofTwoEditorsAtTheSameTimeOneChangesTheKey(int round) throws InterruptedException, ExecutionException {
        String key = made("raced-" + round);
        String read = tag(KEYS + "/" + key);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Answer> rotation = () -> {
            together.await();
            return rotate(key, read);
        };
        Callable<Answer> other = () -> {
            together.await();
            return round % 2 == 0 ? rotate(key, read) : revoke(key, read);
        };
        ExecutorService editors = Executors.newFixedThreadPool(2);
        try {
            List<Future<Answer>> answers = editors.invokeAll(List.of(rotation, other));
            List<Integer> statuses =
                    List.of(answers.get(0).get().status(), answers.get(1).get().status());
            assertThat(statuses).containsOnlyOnce(412);
            assertThat(statuses).containsAnyOf(201, 204);
        } finally {
            editors.shutdown();
        }
        long named = read(KEYS).json().getJsonArray("keys").stream()
                .filter(one -> one.asJsonObject().getString("name").equals("raced-" + round))
                .count();
        JsonObject after = read(KEYS + "/" + key).json();
        assertThat(named).as("successors").isEqualTo(after.containsKey("replaced_by") ? 2 : 1);
        assertThat(after.containsKey("replaced_by")).isNotEqualTo(after.containsKey("revoked_at"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                     | 204",
                "\"other\", TAG        | 204",
                ", TAG ,               | 204",
                "\"a,b\",TAG           | 204",
                "W/TAG                 | 412",
                "\"*\"                 | 412",
                "\"\"                  | 412",
                "\"a\", \"b\"          | 412",
                "UNQUOTED              | 400",
                "TAG TAG               | 400",
                "TAG, *                | 400",
                "\"open                | 400",
                "w/TAG                 | 400",
                ",                     | 400",
            })
    void conditionIsReadAsTheStandardSays(String condition, int status) {
        String key = made("condition");
        String tag = tag(KEYS + "/" + key);
        String sent = condition.replace("TAG", tag).replace("UNQUOTED", tag.replace("\"", ""));

        Answer answer = revoke(key, sent);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().getString("detail")).contains("If-Match: found");
        }
        String after = read(KEYS + "/" + key).json().getString("status");
        assertThat(after).isEqualTo(status == 204 ? "revoked" : "active");
    }

    @Test
    void tagsOfTwoHeaderLinesAreOneList() {
        String key = made("two-lines");
        assertThat(revoke(key, "\"other\"", tag(KEYS + "/" + key)).status()).isEqualTo(204);
    }

    @Test
    void whatCannotBeChangedAtAllIsSaidBeforeTheCondition() {
        String ofFile = read("/api/v1/whoami").json().getString("credential_id");
        assertThat(tag(KEYS + "/" + ofFile)).isNotEmpty();
        assertThat(revoke(ofFile, "\"other\"").status()).isEqualTo(409);
        assertThat(revoke("000000000000", "*").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYS + "/KEY", CONFIG})
    void unchangedStateIsNotSentAgain(String place) {
        String path = place.replace("KEY", place.equals(CONFIG) ? "" : made("unchanged"));
        String tag = tag(path);
        for (String condition : List.of(tag, "W/" + tag, "*", "\"other\", " + tag)) {
            Answer answer = web.send(web.to(path, platform.key("admin")).header("If-None-Match", condition));
            assertThat(answer.status()).as(condition).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(tag);
        }
        assertThat(web.send(web.to(path, platform.key("admin")).header("If-None-Match", "\"other\""))
                        .status())
                .isEqualTo(200);
        assertThat(web.send(web.to(path, platform.key("admin")).header("If-Match", "\"other\""))
                        .status())
                .isEqualTo(412);
        assertThat(web.send(web.to(path, platform.key("admin")).header("If-None-Match", "no tag"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void configurationIsReadAgainOnlyInTheStateThatWasSeen() {
        String seen = tag(CONFIG);
        assertThat(seen).matches("\"[0-9a-f]{32}\"");
        HttpRequest.BodyPublisher none = BodyPublishers.noBody();

        assertThat(web.send(with(RELOAD, seen).POST(none)).status()).isEqualTo(200);
        assertChanged(web.send(with(RELOAD, seen).POST(none)), CONFIG);
        assertThat(web.send(with(RELOAD, "*").POST(none)).status()).isEqualTo(200);
        assertThat(web.send(with(RELOAD).POST(none)).status()).isEqualTo(200);
        assertThat(web.send(with(RELOAD, "no tag").POST(none)).status()).isEqualTo(400);
    }
}
