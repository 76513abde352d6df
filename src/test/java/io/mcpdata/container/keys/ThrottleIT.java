package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Failed attempts are throttled, valid credentials of other callers never. */
@ArquillianTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ThrottleIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final int ALLOWED = 20;

    private final FakeIssuer issuer = new FakeIssuer();
    private final TokenMint mint = new TokenMint(issuer.url(), Instant.now());
    private final AtomicInteger tokens = new AtomicInteger();

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private boolean configured;

    /** Low limits and an issuer, once for all tests, each of which has client addresses of its own. */
    @BeforeEach
    void configure() {
        if (configured) {
            return;
        }
        configured = true;
        platform.configure(platform.originalYaml()
                .replaceAll("failed_attempts: \\d+", "failed_attempts: " + ALLOWED)
                .replaceAll("failed_attempts_per_key: \\d+", "failed_attempts_per_key: 5")
                .replaceFirst("server:\n", "server:\n  trusted_proxies: [127.0.0.1]\n")
                .replaceFirst("auth:\n", """
                        auth:
                          oidc:
                            enabled: true
                            issuer: %s
                            audience: mcp-data-platform
                        """.formatted(issuer.url())));
        Eventually.within(
                Duration.ofSeconds(20),
                "the issuer's keys are known",
                () -> from("192.0.2.250", fresh()).status() == 200);
    }

    @AfterAll
    void restore() {
        platform.configure(platform.originalYaml());
        Eventually.within(
                Duration.ofSeconds(20),
                "the issuer is gone",
                () -> web.get(WHOAMI, fresh()).status() == 401);
        issuer.close();
    }

    /** As a trusted proxy forwards a client's request. */
    private Answer from(String client, String credential) {
        return web.send(web.to(WHOAMI, credential).header("X-Forwarded-For", client));
    }

    private String fresh() {
        return mint.token(mint.claims().with("jti", "\"" + tokens.incrementAndGet() + "\""));
    }

    private String forged() {
        String token = fresh();
        return token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(342);
    }

    /** Presents a new credential each time until there were too many; returns that answer. */
    private Answer untilThrottled(String client, Supplier<String> credentials) {
        int refused = 0;
        Answer answer = from(client, credentials.get());
        while (answer.status() == 401 && refused < 10 * ALLOWED) {
            refused++;
            answer = from(client, credentials.get());
        }
        assertThat(answer.status()).isEqualTo(429);
        return answer;
    }

    @Test
    void tooManyFailuresGet429WhileGoodKeysOfTheSameAddressStayValid() {
        int before = told();
        Answer answer = untilThrottled("192.0.2.1", Keys::random);

        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();

        for (int i = 0; i < 50; i++) {
            assertThat(from("192.0.2.1", platform.key("viewer")).status()).isEqualTo(200);
        }
        Eventually.within(Duration.ofSeconds(30), "one line reports the throttled attempts", () -> told() > before);
    }

    private int told() {
        return platform.server().log().split("category=too_many_attempts", -1).length;
    }

    @Test
    void refusalsOfOneAddressAreAsManyAsAllowed() {
        int refused = 0;
        while (from("192.0.2.2", Keys.random()).status() == 401) {
            refused++;
        }
        // one attempt is allowed again every three seconds
        assertThat(refused).isBetween(ALLOWED, ALLOWED + 10);
    }

    @Test
    void oneRepeatedCredentialIsThrottledBeforeItsAddressIs() {
        String stale = Keys.random();
        int refused = 0;
        while (from("192.0.2.3", stale).status() == 401) {
            refused++;
        }
        assertThat(refused).isBetween(5, 10);
        assertThat(from("192.0.2.3", Keys.random()).status()).isEqualTo(401);
    }

    @OnOneServer
    @Test
    void floodOfForgedTokensKeepsNoGoodCredentialOut() throws InterruptedException {
        String used = fresh();
        assertThat(from("192.0.2.7", used).status()).isEqualTo(200);
        AtomicInteger floods = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> flood = Stream.generate(() -> new Thread(() -> {
                    while (!over.get()) {
                        from("192.0.2.6", forged());
                        floods.incrementAndGet();
                    }
                }))
                .limit(4)
                .toList();
        long begin = System.nanoTime();
        flood.forEach(Thread::start);
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(from("192.0.2.6", platform.key("viewer")).status()).isEqualTo(200);
                assertThat(from("192.0.2.7", used).status()).isEqualTo(200);
                assertThat(from("192.0.2.7", fresh()).status()).isEqualTo(200);
            }
        } finally {
            over.set(true);
        }
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        for (Thread one : flood) {
            one.join(20_000);
        }
        System.out.printf("%d forged tokens and 900 good credentials within %d ms%n", floods.get(), millis);
        assertThat(floods.get()).isGreaterThan(5 * ALLOWED);
    }

    @OnOneServer
    @Test
    void forgedTokensAreNotLookedAtOnceThereWereTooMany() {
        String used = fresh();
        assertThat(from("192.0.2.4", used).status()).isEqualTo(200);
        Answer answer = untilThrottled("192.0.2.4", this::forged);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.header("WWW-Authenticate")).isEmpty();

        // the same answer for a valid one shows that it was not checked: its signature is valid
        String good = fresh();
        int looks = 0;
        while (from("192.0.2.4", good).status() == 200 && looks < 3) {
            looks++;
            good = fresh();
            untilThrottled("192.0.2.4", this::forged);
        }
        assertThat(from("192.0.2.4", good).status()).isEqualTo(429);

        // cheap checks are always done: for a token that was valid before, and for every key
        for (int i = 0; i < 50; i++) {
            assertThat(from("192.0.2.4", used).status()).isEqualTo(200);
            assertThat(from("192.0.2.4", platform.key("viewer")).status()).isEqualTo(200);
        }
        // and no other client is locked out
        assertThat(from("192.0.2.5", fresh()).status()).isEqualTo(200);
        assertThat(from("192.0.2.5", good).status()).isEqualTo(200);
        // nor is the client itself, after the many attempts have ended
        String late = fresh();
        Eventually.within(
                Duration.ofSeconds(60),
                "a new token of that address is accepted",
                () -> from("192.0.2.4", late).status() == 200);
    }
}
