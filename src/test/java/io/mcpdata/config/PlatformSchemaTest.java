package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.mcpdata.config.DocumentedYaml.Block;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schema that editors use and the reader that decides know the same keys. */
final class PlatformSchemaTest {

    private static final String UNKNOWN = "key_that_nobody_knows";

    static Stream<String> places() {
        return PlatformSchema.keysByPlace().keySet().stream();
    }

    static Stream<Block> goodExamples() {
        return DocumentedYamlTest.blocks().filter(block -> block.messages().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("places")
    void readerAndSchemaKnowTheSameKeys(String place) {
        Set<String> reader = Reading.of(file(place)).errors().stream()
                .filter(problem -> problem.key().endsWith(UNKNOWN))
                .findFirst()
                .map(problem -> new TreeSet<>(Arrays.asList(
                        problem.expected().substring("one of ".length()).split(", "))))
                .orElseThrow(() -> new AssertionError("the reader lets any key stand in " + place));
        assertThat(reader)
                .as("keys in " + place + ": change platform.schema.json and the reader together")
                .isEqualTo(PlatformSchema.keysByPlace().get(place));
    }

    /** Several issuers are read only where single sign-on is on. */
    private static String file(String place) {
        return String.format(place.replace("{issuers:", "{enabled: true, issuers:"), UNKNOWN + ": 1");
    }

    @Test
    void everySectionIsAmongThePlaces() {
        assertThat(PlatformSchema.keysByPlace().keySet())
                .contains(
                        "{%s}",
                        "{server: {%s}}",
                        "{auth: {%s}}",
                        "{auth: {api_keys: {%s}}}",
                        "{auth: {api_keys: {keys: [{%s}]}}}",
                        "{auth: {oidc: {%s}}}",
                        "{auth: {oidc: {issuers: [{%s}]}}}",
                        "{personas: {x: {%s}}}",
                        "{personas: {x: {tools: {%s}}}}",
                        "{personas: {x: {connections: {%s}}}}",
                        "{personas: {x: {resources: {%s}}}}",
                        "{personas: {x: {prompts: {%s}}}}",
                        "{personas: {x: {skills: {%s}}}}",
                        "{personas: {x: {limits: {%s}}}}",
                        "{connections: {x: {%s}}}",
                        "{connections: {x: {identity: {%s}}}}",
                        "{connections: {x: {plan_limits: {%s}}}}",
                        "{connections: {x: {identity: {role: {%s}}}}}",
                        "{queries: {x: {%s}}}",
                        "{queries: {x: {parameters: {x: {%s}}}}}",
                        "{catalog: {%s}}",
                        "{catalog: {tables: {x: {x: {%s}}}}}",
                        "{catalog: {tables: {x: {x: {columns: {x: {%s}}}}}}}",
                        "{catalog: {glossary: {x: {%s}}}}",
                        "{prompts: {x: {%s}}}",
                        "{prompts: {x: {arguments: {x: {%s}}}}}",
                        "{documents: {x: {%s}}}",
                        "{skills: {%s}}",
                        "{audit: {%s}}",
                        "{limits: {%s}}");
    }

    @Test
    void schemaIsASchema() {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JakartaJsonNode.Factory())
                .createValidator();
        // registering validates against the meta-schema of 2020-12
        assertThat(validator.registerSchema(PlatformSchema.document())).isNotNull();
        assertThat(PlatformSchema.document().getString("$schema"))
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }

    @Test
    void schemaKnowsThePermissions() {
        JsonObject items = PlatformSchema.document()
                .getJsonObject("$defs")
                .getJsonObject("persona")
                .getJsonObject("properties")
                .getJsonObject("permissions")
                .getJsonObject("items");
        assertThat(items.getJsonArray("enum").getValuesAs(jakarta.json.JsonString::getString))
                .containsExactlyInAnyOrderElementsOf(PersonaSection.PERMISSIONS);
    }

    @ParameterizedTest
    @MethodSource("goodExamples")
    void documentedFileIsValidByTheSchema(Block block) {
        assertThat(errors(block.text())).isEmpty();
    }

    @Test
    void demoIsValidByTheSchema() throws Exception {
        assertThat(errors(Files.readString(Path.of("demo", "platform.yaml")))).isEmpty();
        assertThat(errors("server:\nauth:\npersonas:\nconnections:\nprompts:\ndocuments:\nskills:\naudit:\nlimits:\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour: red",
                "server: {public_url: mcp.example.com}",
                "auth: {api_keys: {enabled: maybe}}",
                "auth: {api_keys: {enabled: true}}",
                "auth: {api_keys: {enabled: true, keys: [{key: '${K}', roles: [a]}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: '${K}', key_sha256: '${K}', name: a, roles: [a]}]}}",
                "auth: {api_keys: {enabled: true, keys: [{key: '${K}', name: a, roles: []}]}}",
                "auth: {oidc: {issuer: 'https://x', audience: a}}",
                "auth: {oidc: {enabled: true, issuer: 'https://x', audience: a, algorithms: [HS256]}}",
                "personas: {p: {tools: {allow: [x]}}}",
                "personas: {p: {roles: [r], permissions: ['audit:write']}}",
                "personas: {p: {roles: [r], tools: {allow: ['[a]']}}}",
                "personas: {p: {roles: [r], tools: {allow: [x]}, limits: {calls_per_minute: -1}}}",
                "personas: {p: {roles: [r], tools: {allow: [x]}, limits: {heartbeat: 15s}}}",
                "personas: {'a b': {roles: [r], tools: {allow: [x]}}}",
                "personas: {p: {roles: [r], resources: {allow: ['table://{a,b}']}}}",
                "personas: {p: {roles: [r], prompts: {allow: ['[a]']}}}",
                "prompts: {p: {}}",
                "prompts: {p: {text: ''}}",
                "prompts: {'a b': {text: x}}",
                "prompts: {p: {text: x, colour: red}}",
                "prompts: {p: {text: '{{a b}}', arguments: {'a b': {}}}}",
                "prompts: {p: {text: '{{a}}', arguments: {a: {required: maybe}}}}",
                "prompts: {p: {text: '{{a}}', arguments: {a: {completes: row}}}}",
                "prompts: {p: {text: '{{a}}', arguments: {a: {completes: table, values: [x]}}}}",
                "documents: {d: {}}",
                "skills: {folder: ''}",
                "skills: {folder: [a]}",
                "personas: {p: {roles: [r], skills: {allow: ['[a]']}}}",
                "documents: {d: {text: x, file: pom.xml}}",
                "documents: {'a b': {text: x}}",
                "documents: {d: {text: x, uri: terms}}",
                "documents: {d: {text: x, uri: 'Table://a/b'}}",
                "documents: {d: {text: x, uri: 'skill://a/SKILL.md'}}",
                "documents: {d: {text: x, uri: 'Skill:a'}}",
                "documents: {d: {text: x, uri: 'document://a b'}}",
                "documents: {d: {text: x, mime_type: markdown}}",
                "connections: {c: {}}",
                "connections: {c: {jndi: 'java:x', demo: retail}}",
                "connections: {c: {demo: retail, username: x}}",
                "connections: {c: {jndi: 'java:x', identity: {}}}",
                "connections: {c: {jndi: 'java:x', identity: {role: {by: persona}}}}",
                "connections: {c: {jndi: 'java:x', identity: {role: {by: persona, values: {admin: 'a b'}}}}}",
                "connections: {c: {jndi: 'java:x', identity: {variables: {app.caller: subject}}}}",
                "connections: {c: {jndi: 'java:x', identity: {variables: {'a b': name}}}}",
                "connections: {c: {jndi: 'java:x', identity: {variables: {app.caller: {values: {a: b}}}}}}",
                "connections: {c: {jndi: 'java:x', plan_limits: {}}}",
                "connections: {c: {jndi: 'java:x', plan_limits: {rows: 0}}}",
                "connections: {c: {jndi: 'java:x', plan_limits: {cost: 1.5}}}",
                "audit: {mode: lazy}",
                "audit: {retention_days: -1}",
                "limits: {heartbeat: 15}",
                "limits: {heartbeat: 45001ms}",
                "limits: {heartbeat: 46s}",
                "limits: {heartbeat: 50s}",
                "limits: {heartbeat: 1m}",
                "limits: {json_depth: 3}",
            })
    void whatTheReaderRefusesTheSchemaRefuses(String text) {
        assertThat(Reading.of(text, Map.of("K", "a-key-for-tests-0123456789")).errors())
                .isNotEmpty();
        assertThat(errors(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "personas: {p: {roles: [r], resources: {allow: ['table://w/a%20b', '${K}']}, prompts: {deny: [x]}}}",
                "personas: {p: {roles: [r], tools: {allow: [x]}, limits: {calls_per_minute: 5}}}",
                "personas: {p: {roles: [r], tools: {allow: [x]}, limits: }}",
                "prompts: {p: {text: '{{a}} {{b}}', arguments: {a: , b: {values: [2024, yes, text], required: true}}}}",
                "prompts: {p: {text: x, title: t, description: d, arguments: }}",
                "connections: {c: {jndi: 'java:x', identity: {role: {by: 'claim:a.b', values: {x: app_x}, default: app_y}}}}",
                "connections: {c: {jndi: 'java:x', identity: {variables: {app.tier: {by: role, values: {a: 1}, default: 2}}}}}",
                "documents: {d: {text: x, uri: 'tables:a', mime_type: 'text/plain; charset=utf-8'}}",
                "documents: {d: {text: '', uri: 'https://example.com/a?b#c'}}",
            })
    void whatTheReaderTakesTheSchemaTakes(String text) {
        assertThat(Reading.of(text, Map.of("K", "document://x")).errors()).isEmpty();
        assertThat(errors(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "9999ms", "39999ms", "45000ms", "9s", "39s", "45s"})
    void everyHeartbeatThatTheReaderTakesTheSchemaTakes(String value) {
        String text = "limits: {heartbeat: " + value + "}";
        assertThat(Reading.errors(text)).isEmpty();
        assertThat(errors(text)).isEmpty();
    }

    private static java.util.List<dev.harrel.jsonschema.Error> errors(String yaml) {
        JakartaJsonNode.Factory nodes = new JakartaJsonNode.Factory();
        Validator validator = new ValidatorFactory().withJsonNodeFactory(nodes).createValidator();
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return validator
                .validate(validator.registerSchema(PlatformSchema.document()), nodes.wrap(json(loaded)))
                .getErrors();
    }

    /** As an editor sees the file: with YAML's own types. */
    private static JsonValue json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObjectBuilder object = Json.createObjectBuilder();
            map.forEach((key, entry) -> object.add(String.valueOf(key), json(entry)));
            return object.build();
        }
        if (value instanceof Iterable<?> list) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            list.forEach(entry -> array.add(json(entry)));
            return array.build();
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Integer number) {
            return Json.createValue(number);
        }
        if (value == null) {
            return JsonValue.NULL;
        }
        return Json.createValue(value instanceof Date date ? date.toInstant().toString() : String.valueOf(value));
    }
}
