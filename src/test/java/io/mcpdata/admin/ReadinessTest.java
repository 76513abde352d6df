package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.CredentialHealth;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.json.Json;
import io.mcpdata.metrics.Metrics;
import io.mcpdata.servers.SharedServers;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreUnavailableException;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class ReadinessTest {

    private static final class InMemoryStore implements PlatformStore {

        private boolean available = true;
        private Optional<String> loss = Optional.empty();

        @Override
        public Optional<String> loss() {
            return loss;
        }

        @Override
        public Jdbi jdbi() {
            throw new StoreUnavailableException("not expected to be asked");
        }

        @Override
        public <T> T durably(Function<Handle, T> change) {
            return jdbi().inTransaction(change::apply);
        }

        @Override
        public boolean available() {
            return available;
        }
    }

    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.of("audit: {}");
    private final InMemoryStore store = new InMemoryStore();
    private final List<CredentialHealth> credentials = new ArrayList<>();
    private boolean prepared = true;
    private final HealthEndpoint endpoint = endpoint(configuration);

    private HealthEndpoint endpoint(InMemoryActiveConfiguration of) {
        Toolkit toolkit = new Toolkit() {
            @Override
            public List<ToolHandler> tools() {
                return List.of();
            }

            @Override
            public boolean isPrepared() {
                return prepared;
            }
        };
        return new HealthEndpoint(new Readiness(
                of,
                store,
                new SharedServers(of, store, new PeriodicTasks(), new Metrics()),
                discovered(credentials),
                discovered(List.of(toolkit))));
    }

    /** What CDI would find. */
    @SuppressWarnings("unchecked") // a proxy knows no type arguments
    private static <T> Instance<T> discovered(List<T> all) {
        return (Instance<T>) Proxy.newProxyInstance(
                ReadinessTest.class.getClassLoader(), new Class<?>[] {Instance.class}, (proxy, called, args) -> {
                    if (called.getName().equals("forEach")) {
                        all.forEach((Consumer<T>) args[0]);
                        return null;
                    }
                    if (called.getName().equals("stream")) {
                        return all.stream();
                    }
                    throw new AssertionError("not expected to be asked: " + called.getName());
                });
    }

    private static void assertAnswer(Response answer, int status, String body) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getMediaType()).hasToString("application/json");
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        assertThat(Json.readObject((String) answer.getEntity())).isEqualTo(Json.readObject(body));
    }

    @Test
    void platformThatServesIsReady() {
        assertAnswer(endpoint.ready(), 200, "{\"status\":\"ready\"}");
    }

    @Test
    void withoutAValidConfigurationNothingIsServed() {
        HealthEndpoint unconfigured = endpoint(InMemoryActiveConfiguration.none());
        assertAnswer(unconfigured.ready(), 503, "{\"status\":\"not ready\",\"reasons\":[\"no valid configuration\"]}");
    }

    @Test
    void withoutItsStoreNothingIsServed() {
        store.available = false;
        assertAnswer(endpoint.ready(), 503, "{\"status\":\"not ready\",\"reasons\":[\"store unavailable\"]}");
    }

    @Test
    void whileItStartsNothingIsServed() {
        prepared = false;
        assertAnswer(endpoint.ready(), 503, "{\"status\":\"not ready\",\"reasons\":[\"starting\"]}");
    }

    @Test
    void storeThatLacksRowsIsToldButNotWhich() {
        store.loss = Optional.of("the platform store lacks its newest rows: ...");
        assertAnswer(endpoint.ready(), 200, "{\"status\":\"degraded\",\"reasons\":[\"store lacks rows\"]}");
    }

    @Test
    void refusedConfigurationIsToldButNotWhatIsWrongWithIt() {
        configuration.refuse("platform.yaml:3: personas.canary: found an unknown key");
        assertAnswer(endpoint.ready(), 200, "{\"status\":\"degraded\",\"reasons\":[\"configuration rejected\"]}");
    }

    @Test
    void credentialsThatCannotBeJudgedAreTold() {
        credentials.add(() -> List.of("no keys of an issuer"));
        assertAnswer(endpoint.ready(), 200, "{\"status\":\"degraded\",\"reasons\":[\"no keys of an issuer\"]}");
    }

    @Test
    void platformIsAliveEvenWithEveryProblem() {
        store.available = false;
        assertAnswer(endpoint.alive(), 200, "{\"status\":\"alive\"}");
    }
}
