package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.Glob;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.PersonaConfig;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.PersonaDirectory;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.CompleteResult;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.GetPromptRequest;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.ReadResourceRequest;
import io.mcpdata.protocol.Resource;
import io.mcpdata.testing.InMemoryAuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, prompts and completion: what the persona denies does not exist, in lists, reads and completion alike. */
final class FeatureGatewayTest {

    private static final String TEMPLATE = "book://{shelf}/{title}";

    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final FeatureToolkit toolkit = new FeatureToolkit();
    private final FeatureGateway gateway = new FeatureGateway(List.<Toolkit>of(toolkit), audit);

    @ParameterizedTest
    @CsvSource({
        "*, , *, , book://attic/Mice book://cellar/Coal book://cellar/Ghosts book://cellar/Wine",
        "*, , cellar, , book://cellar/Coal book://cellar/Ghosts book://cellar/Wine",
        "*, book://cellar/G*, *, attic, book://cellar/Coal book://cellar/Wine",
        "book://*/Wine, , *, , book://cellar/Wine",
        "*, *, *, , ''",
        "'', , *, , ''",
        "book://attic/*, , cellar, , ''"
    })
    void whatIsListedIsWhatCanBeReadAndCompletedAndSubscribed(
            String allow, String deny, String connections, String deniedConnections, String listed) {
        AuthorizedCaller caller =
                caller(rules(allow, deny), GlobRules.ALLOW_ALL, rules(connections, deniedConnections));
        List<String> uris = listed.isEmpty() ? List.of() : List.of(listed.split(" "));

        assertThat(uris(list(caller, ""))).containsExactlyElementsOf(uris);

        for (String uri :
                List.of("book://attic/Mice", "book://cellar/Coal", "book://cellar/Ghosts", "book://cellar/Wine")) {
            boolean exists = uris.contains(uri);
            assertThat(catchThrowable(() -> read(caller, uri)) == null).as(uri).isEqualTo(exists);
            assertThat(gateway.mayRead(caller, uri)).as(uri).isEqualTo(exists);
            assertThat(catchThrowable(() -> gateway.checkSubscription(caller, ToolGatewayTest.ORIGIN, uri)) == null)
                    .as(uri)
                    .isEqualTo(exists);
        }
        assertThat(toolkit.read).containsExactlyInAnyOrderElementsOf(uris);
        if (!uris.isEmpty()) {
            assertThat(complete(caller, TEMPLATE, "title", "", Map.of()))
                    .containsExactlyInAnyOrderElementsOf(uris.stream()
                            .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "book://cellar/%57ine",
                "book://cellar/wine",
                "book://Cellar/Wine",
                "book://cellar/Wine/",
                "book://cellar//Wine",
                "book://attic/../cellar/Wine",
                "BOOK://cellar/Wine",
                "book://cellar/Absent",
                "other://cellar/Wine",
                "book://cellar/Wine?x",
                "x"
            })
    void otherSpellingOfADeniedResourceIsNotFound(String uri) {
        AuthorizedCaller caller = caller(rules("*", "book://cellar/Wine"), GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL);

        ProtocolException denied = (ProtocolException) catchThrowable(() -> read(caller, "book://cellar/Wine"));
        ProtocolException other = (ProtocolException) catchThrowable(() -> read(caller, uri));

        assertThat(other.code()).isEqualTo(denied.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        assertThat(other).hasMessage("Resource not found: " + uri);
        assertThat(denied).hasMessage("Resource not found: book://cellar/Wine");
    }

    @Test
    void refusalsLeaveTheirRowsWithTheRule() {
        AuthorizedCaller caller = caller(rules("*", "book://cellar/W*"), rules("*", "sec*"), rules("*", "attic"));

        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> read(caller, "book://cellar/Wine"),
                () -> read(caller, "book://attic/Mice"),
                () -> read(caller, "other://x"),
                () -> prompt(caller, "secret", Map.of("who", "Ann")),
                () -> prompt(caller, "absent", Map.of()),
                () -> prompt(caller, "greet", Map.of()),
                () -> read(caller, "book://cellar/Absent"))) {
            assertThatThrownBy(refused).isInstanceOf(ProtocolException.class);
        }

        assertThat(audit.rows())
                .extracting(AuditEvent::type, AuditEvent::outcome, AuditEvent::category, AuditEvent::rule)
                .extracting(Object::toString)
                .containsExactly(
                        "(RESOURCE_READ, DENIED, \"resource_denied\", \"resources.deny[book://cellar/W*]\")",
                        "(RESOURCE_READ, DENIED, \"connection_denied\", \"connections.deny[attic]\")",
                        "(RESOURCE_READ, DENIED, \"resource_unknown\", \"\")",
                        "(PROMPT_GET, DENIED, \"prompt_denied\", \"prompts.deny[sec*]\")",
                        "(PROMPT_GET, DENIED, \"prompt_unknown\", \"\")",
                        "(PROMPT_GET, ERROR, \"invalid_arguments\", \"\")",
                        "(RESOURCE_READ, ERROR, \"resource_not_found\", \"\")");
    }

    @Test
    void successesLeaveTheirRows() {
        read(everything(), "book://cellar/Wine");
        list(everything(), "");
        prompt(everything(), "greet", Map.of("who", "Ann", "other", "x"));
        complete(everything(), TEMPLATE, "title", "W", Map.of());

        assertThat(audit.rows()).allMatch(row -> row.outcome() == Outcome.SUCCESS);
        assertThat(audit.rows())
                .extracting(AuditEvent::type)
                .containsExactly(Type.RESOURCE_READ, Type.RESOURCE_LIST, Type.PROMPT_GET, Type.COMPLETION);
        assertThat(audit.rows().get(0).connection()).isEqualTo("cellar");
        assertThat(audit.rows().get(0).parameters()).isEqualTo("{\"uri\":\"book://cellar/Wine\"}");
        assertThat(audit.rows().get(1).rows()).isEqualTo(4);
        assertThat(audit.rows().get(2).parameters()).contains("greet", "Ann");
        assertThat(audit.rows().get(3).parameters()).contains("title", "W");
    }

    @Test
    void withoutAuditNothingIsAnswered() {
        audit.breakDown();
        for (Runnable call : List.<Runnable>of(
                () -> read(everything(), "book://cellar/Wine"),
                () -> list(everything(), ""),
                () -> prompt(everything(), "greet", Map.of("who", "Ann")),
                () -> complete(everything(), TEMPLATE, "title", "W", Map.of()))) {
            assertThatThrownBy(call::run).isInstanceOf(AuditUnavailableException.class);
        }
    }

    @Test
    void longListComesInPagesThatMissNothing() {
        toolkit.shelves.put(
                "cellar",
                IntStream.range(0, 250).mapToObj(i -> String.format("b%03d", i)).toList());
        toolkit.shelves.put(
                "hall",
                IntStream.range(0, 50).mapToObj(i -> String.format("h%03d", i)).toList());

        List<String> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = "";
        do {
            ListPage page = list(everything(), cursor);
            all.addAll(uris(page));
            sizes.add(page.items().size());
            cursor = page.nextCursor();
        } while (!cursor.isEmpty());

        assertThat(sizes).containsExactly(100, 100, 100, 1);
        assertThat(all).hasSize(301).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void cursorOfAnotherCallerOrListOrAChangedOneIsRefused() {
        toolkit.shelves.put(
                "cellar", IntStream.range(0, 150).mapToObj(i -> "b" + i).toList());
        String cursor = list(everything(), "").nextCursor();

        for (Runnable attempt : List.<Runnable>of(
                () -> list(caller("bob"), cursor),
                () -> gateway.listPrompts(everything(), new PaginatedRequest(Optional.of(cursor))),
                () -> list(everything(), cursor.substring(1)),
                () -> list(everything(), cursor + "A"),
                () -> list(everything(), "0"),
                () -> list(everything(), "."),
                () -> list(everything(), "%%%.%%%"))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("begin again without a cursor");
        }
        assertThat(list(everything(), cursor).items()).hasSize(51);
    }

    @Test
    void connectionThatFailsDoesNotHideTheOthers() {
        toolkit.broken.add("attic");

        assertThat(uris(list(everything(), ""))).hasSize(3).allMatch(uri -> uri.startsWith("book://cellar/"));
        assertThatThrownBy(() -> read(everything(), "book://attic/Mice"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("The shelf has fallen.");
    }

    @Test
    void templateExistsOnlyIfOneOfItsResourcesCould() {
        assertThat(templates(everything())).hasSize(1);
        for (GlobRules none : List.of(rules("*", "book://*"), rules("other://*", null), rules("", null))) {
            AuthorizedCaller caller = caller(none, GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL);
            assertThat(templates(caller)).isEmpty();
            assertThatThrownBy(() -> complete(caller, TEMPLATE, "title", "", Map.of()))
                    .hasMessage("Unknown resource template: " + TEMPLATE);
        }
    }

    @Test
    void completionUsesWhatIsChosenAndTyped() {
        assertThat(complete(everything(), TEMPLATE, "shelf", "", Map.of())).containsExactly("attic", "cellar");
        assertThat(complete(everything(), TEMPLATE, "shelf", "C", Map.of())).containsExactly("cellar");
        assertThat(complete(everything(), TEMPLATE, "title", "", Map.of("shelf", "attic")))
                .containsExactly("Mice");
        assertThat(complete(everything(), TEMPLATE, "title", "g", Map.of("shelf", "cellar")))
                .containsExactly("Ghosts");
        assertThat(completePrompt(everything(), "greet", "how", "KI")).containsExactly("Kindly", "kind");
        assertThat(completePrompt(everything(), "greet", "who", "")).isEmpty();
        assertThatThrownBy(() -> completePrompt(everything(), "greet", "when", ""))
                .hasMessage("params.argument.name must be one of who, how");
        AuthorizedCaller limited = caller(GlobRules.ALLOW_ALL, rules("*", "greet"), GlobRules.ALLOW_ALL);
        assertThatThrownBy(() -> completePrompt(limited, "greet", "how", "")).hasMessage("Unknown prompt: greet");
    }

    @Test
    void connectionWithoutAReadableResourceIsNotCompleted() {
        AuthorizedCaller attic = caller(rules("book://attic/*", null), GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL);

        assertThat(complete(attic, TEMPLATE, "shelf", "", Map.of())).containsExactly("attic");
    }

    @Test
    void floodOfRefusedSubscriptionsIsSummedUp() {
        AuthorizedCaller none = caller(rules("", null), GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL);
        for (int i = 0; i < 2_000; i++) {
            assertThatThrownBy(() -> gateway.checkSubscription(none, ToolGatewayTest.ORIGIN, "book://attic/Mice"))
                    .isInstanceOf(ProtocolException.class);
        }
        assertThat(audit.rows())
                .hasSizeBetween(20, 40)
                .allMatch(row -> row.rule().equals("resources: no allow matches"));
    }

    @Test
    void promptGetsOnlyItsOwnArguments() {
        assertThat(prompt(everything(), "greet", Map.of("who", "Ann", "nonsense", "x")))
                .contains("greet{who=Ann}");
        assertThatThrownBy(() -> prompt(everything(), "greet", Map.of("how", "x")))
                .hasMessage("Missing required arguments of the prompt: who");
    }

    @Test
    void listsDifferExactlyWhenTheCallersListDoes() {
        AuthorizedCaller cellar = caller(rules("book://cellar/*", null), rules("greet", null), GlobRules.ALLOW_ALL);
        FeatureLists before = gateway.lists(cellar);

        toolkit.shelves.put("hall", List.of("Hats"));
        toolkit.prompts.remove(1);
        assertThat(gateway.lists(cellar)).isEqualTo(before);
        assertThat(gateway.lists(
                        caller(rules("book://cellar/*", "book://attic/*"), rules("greet", "x"), GlobRules.ALLOW_ALL)))
                .isEqualTo(before);

        toolkit.prompts.clear();
        assertThat(gateway.lists(cellar).prompts()).isEmpty();
        assertThat(gateway.lists(cellar).resources()).isEqualTo(before.resources());
        assertThat(gateway.lists(caller(
                                rules("book://cellar/*", "book://cellar/W*"),
                                rules("greet", null),
                                GlobRules.ALLOW_ALL))
                        .resources())
                .isNotEqualTo(before.resources());
        assertThat(gateway.lists(everything()).resources()).hasSize(3);
    }

    @Test
    void changedToolkitIsLoadedAgainUnlessItCannotBeUsed() {
        long version = gateway.version();
        toolkit.tools.add(new RecordingTool("later"));
        assertThat(tools()).isEmpty();

        gateway.changed(new ToolkitChanged());
        assertThat(tools()).hasSize(1);
        assertThat(gateway.version()).isGreaterThan(version);

        toolkit.tools.add(new RecordingTool("later"));
        gateway.changed(new ToolkitChanged());
        assertThat(tools()).hasSize(1);
    }

    private List<?> tools() {
        return gateway.listTools(everything(), new PaginatedRequest(Optional.empty()))
                .items();
    }

    private List<?> templates(AuthorizedCaller caller) {
        return gateway.listResourceTemplates(caller, new PaginatedRequest(Optional.empty()))
                .items();
    }

    private ListPage list(AuthorizedCaller caller, String cursor) {
        PaginatedRequest request = new PaginatedRequest(cursor.isEmpty() ? Optional.empty() : Optional.of(cursor));
        return (ListPage) gateway.listResources(ToolGatewayTest.clientCall(caller), request)
                .orElseThrow();
    }

    private static List<String> uris(ListPage page) {
        return page.items().stream().map(item -> ((Resource) item).uri()).toList();
    }

    private String read(AuthorizedCaller caller, String uri) {
        return gateway.readResource(ToolGatewayTest.clientCall(caller), new ReadResourceRequest(uri))
                .orElseThrow()
                .write(ClientRevision.of(ProtocolVersion.V2026_07_28));
    }

    private String prompt(AuthorizedCaller caller, String name, Map<String, String> arguments) {
        return gateway.getPrompt(ToolGatewayTest.clientCall(caller), new GetPromptRequest(name, arguments))
                .orElseThrow()
                .write(ClientRevision.of(ProtocolVersion.V2026_07_28));
    }

    private List<String> complete(
            AuthorizedCaller caller, String template, String argument, String value, Map<String, String> chosen) {
        return complete(caller, new CompleteRequest(false, template, argument, value, chosen));
    }

    private List<String> completePrompt(AuthorizedCaller caller, String prompt, String argument, String value) {
        return complete(caller, new CompleteRequest(true, prompt, argument, value, Map.of()));
    }

    private List<String> complete(AuthorizedCaller caller, CompleteRequest request) {
        return ((CompleteResult) gateway.complete(ToolGatewayTest.clientCall(caller), request)
                        .orElseThrow())
                .values();
    }

    private static AuthorizedCaller everything() {
        return caller("ann");
    }

    private static AuthorizedCaller caller(String name) {
        return caller(name, GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL);
    }

    private static AuthorizedCaller caller(GlobRules resources, GlobRules prompts, GlobRules connections) {
        return caller("ann", resources, prompts, connections);
    }

    private static AuthorizedCaller caller(String name, GlobRules resources, GlobRules prompts, GlobRules connections) {
        PersonaConfig persona = new PersonaConfig(
                "p",
                "P",
                "",
                List.of("r"),
                1,
                Set.of("mcp:connect"),
                GlobRules.ALLOW_ALL,
                connections,
                resources,
                prompts,
                GlobRules.DENY_ALL);
        return new AuthorizedCaller(
                new PlatformCaller(name, AuthenticationMethod.API_KEY, "key-of-" + name, List.of("r"), null),
                new PersonaDirectory(List.of(persona)).personaFor(List.of("r")).orElseThrow());
    }

    private static GlobRules rules(String allow, @Nullable String deny) {
        return new GlobRules(
                Stream.of(allow)
                        .filter(glob -> !glob.isEmpty())
                        .map(Glob::parse)
                        .toList(),
                Stream.ofNullable(deny).map(Glob::parse).toList());
    }
}
