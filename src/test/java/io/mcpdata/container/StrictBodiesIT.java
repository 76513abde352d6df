package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of the REST API that two readers could read differently, or that say more than the address takes. */
@ArquillianTest
final class StrictBodiesIT {

    private static final String KEYS = "/api/v1/keys";
    private static final String ACCESS = "/api/v1/access";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    /** By the place: an address that takes a body, with a key that exists. */
    private String path(String place) {
        if (!place.equals("rotate")) {
            return place.equals("keys") ? KEYS : ACCESS;
        }
        JsonObject made = web.post(KEYS, platform.key("admin"), "{\"name\":\"strict\",\"roles\":[\"analyst\"]}")
                .json();
        return KEYS + "/" + made.getString("key_id") + "/rotate";
    }

    private long named(String name) {
        return web.get(KEYS, platform.key("admin")).json().getJsonArray("keys").stream()
                .filter(key -> key.asJsonObject().getString("name").equals(name))
                .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys   | {'name':'strict-body','name':'b','roles':['analyst']}        | name     | the member twice",
                "keys   | {'name':'strict-body','roles':['analyst'],'roles':['admin']} | roles    | the member twice",
                "keys   | {'name':'strict-body','n\\u0061me':'b','roles':['analyst']}  | name     | the member twice",
                "keys   | {'name':'strict-body','roles':['analyst'],'role':'admin'}    | role     | an unknown member",
                "keys   | {'name':'strict-body','roles':['analyst'],'Roles':['admin']} | Roles    | an unknown member",
                "keys   | {'name':7,'roles':['analyst']}                               | name     | a number",
                "keys   | {'name':'strict-body','roles':'analyst'}                     | roles    | a text",
                "keys   | {'name':'strict-body','roles':[7]}                           | roles[0] | a number",
                "keys   | {'name':'strict-body','roles':['analyst'],'email':true}      | email    | true or false",
                "keys   | {'name':'strict-body','roles':['analyst'],'expires_at':1}    | expires_at | a number",
                "keys   | {'roles':['analyst']}                                        | name     | nothing",
                "rotate | {'overlap':'0s','overlap':'1h'}                              | overlap  | the member twice",
                "rotate | {'overlap':0}                                                | overlap  | a number",
                "rotate | {'overlap':{}}                                               | overlap  | an object",
                "rotate | {'Overlap':'0s'}                                             | Overlap  | an unknown member",
                "access | {'roles':['analyst'],'roles':['admin']}                      | roles    | the member twice",
                "access | {'roles':{'a':1,'a':2}}                                      | a        | the member twice",
                "access | {'role':'analyst'}                                           | role     | an unknown member",
                "access | {'roles':'analyst'}                                          | roles    | a text",
                "access | {'key_id':['0123456789ab']}                                  | key_id   | a list of 1",
                "access | {'tools':[null]}                                             | tools[0] | nothing",
            })
    void faultIsToldWithItsMember(String place, String body, String member, String found) {
        Answer answer = web.post(path(place), platform.key("admin"), body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains(member + ": found " + found + "; expected ");
        assertThat(answer.json().getJsonArray("errors").getValuesAs(JsonObject.class))
                .anySatisfy(error -> {
                    assertThat(error.getString("member")).isEqualTo(member);
                    assertThat(error.getString("found")).isEqualTo(found);
                    assertThat(error.getString("expected")).isNotEmpty();
                });
        assertThat(named("strict-body")).as("keys that it made").isZero();
    }

    @Test
    void textThatIsNotOneObjectIsRefused() {
        for (String place : List.of("keys", "rotate", "access")) {
            String path = path(place);
            for (String body : List.of(
                    "{} x",
                    "{}{}",
                    "{\"roles\":[\"analyst\"]}]",
                    "{\"roles\":[\"analyst\"],}",
                    "{'roles':['analyst']}",
                    "{\"roles\":[\"analyst\"]} // comment",
                    "[]",
                    "7",
                    "null",
                    "\"text\"",
                    "{\"roles\":NaN}",
                    "{\"roles\"")) {
                Answer answer = web.post(path, platform.key("admin"), body);
                assertThat(answer.status()).as(place + " " + body).isEqualTo(400);
                assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
                assertThat(answer.json().getString("detail")).contains("expected a JSON object");
            }
        }
    }
}
