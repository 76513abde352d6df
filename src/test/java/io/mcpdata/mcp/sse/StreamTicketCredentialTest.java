package io.mcpdata.mcp.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.StreamTicketCredential;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StreamTicketCredentialTest {

    private static final String ADDRESS = "192.0.2.1";
    private static final String PAGE = "https://app.example.com";

    private final SseFixture fixture = new SseFixture();
    private final PlatformCaller ann = SseFixture.key("ann", "k", null);
    private final StreamTickets tickets = new StreamTickets(fixture.server, fixture.clock);
    private final StreamCredentialIdentityStore store =
            new StreamCredentialIdentityStore(fixture.sessions, tickets, fixture.credentials);

    private String ticket(String page, boolean own) {
        return tickets.issue(ann, page, own).orElseThrow().reveal();
    }

    private Status present(String ticket, String page) {
        return store.validate(new StreamTicketCredential(KeyDigest.of(ticket), page, ADDRESS))
                .getStatus();
    }

    @Test
    void ticketIsNeverShown() {
        Secret issued = tickets.issue(ann, "", false).orElseThrow();

        assertThat(issued.toString()).doesNotContain(issued.reveal());
    }

    @Test
    void ticketIsItsCallerOnce() {
        StreamTicketCredential presented = new StreamTicketCredential(KeyDigest.of(ticket("", false)), "", ADDRESS);

        CredentialValidationResult result = store.validate(presented);

        assertThat(result.getCallerPrincipal()).isSameAs(ann);
        assertThat(result.getCallerGroups()).isEmpty();
        assertThat(store.validate(presented).getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void ticketIsUnguessableAndNeverTheSame() {
        assertThat(Stream.generate(() -> ticket("", false)).limit(StreamTickets.MOST_PER_CALLER))
                .doesNotHaveDuplicates()
                .allSatisfy(value -> assertThat(value).matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void ofTwoRacersExactlyOneWins() throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < 500; race++) {
                String ticket = ticket("", false);
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<Status> racer = () -> {
                    start.await();
                    return present(ticket, "");
                };
                Future<Status> one = racers.submit(racer);
                Future<Status> other = racers.submit(racer);
                assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(Status.VALID, Status.INVALID);
            }
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void ticketEndsAfterHalfAMinute() {
        String early = ticket("", false);
        String late = ticket("", false);
        fixture.clock.advance(Duration.ofMillis(29_999));
        assertThat(present(early, "")).isEqualTo(Status.VALID);
        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(present(late, "")).isEqualTo(Status.INVALID);
    }

    @Test
    void ticketOfOnePageIsNoneForAnother() {
        assertThat(present(ticket(PAGE, false), PAGE)).isEqualTo(Status.VALID);
        assertThat(present(ticket(PAGE, false), "https://evil.example")).isEqualTo(Status.INVALID);
        assertThat(present(ticket(PAGE, false), "")).isEqualTo(Status.INVALID);
        assertThat(present(ticket("", false), PAGE)).isEqualTo(Status.INVALID);
    }

    @Test
    void pageOfThisServersMaySendNoOrigin() {
        assertThat(present(ticket(PAGE, true), "")).isEqualTo(Status.VALID);
        assertThat(present(ticket(PAGE, true), PAGE)).isEqualTo(Status.VALID);
        assertThat(present(ticket(PAGE, true), "https://evil.example")).isEqualTo(Status.INVALID);
    }

    @Test
    void refusedTicketIsUsedUp() {
        String ticket = ticket(PAGE, false);
        assertThat(present(ticket, "https://evil.example")).isEqualTo(Status.INVALID);
        assertThat(present(ticket, PAGE)).isEqualTo(Status.INVALID);
    }

    @Test
    void ticketEndsWithTheKeyBehindIt() {
        String ticket = ticket("", false);
        fixture.recheck.revoke("k");
        assertThat(present(ticket, "")).isEqualTo(Status.INVALID);
    }

    @Test
    void unusedTicketsOfOneCallerAreBounded() {
        for (int i = 0; i < StreamTickets.MOST_PER_CALLER; i++) {
            ticket("", false);
        }
        assertThat(tickets.issue(ann, "", false)).isEmpty();
        assertThat(tickets.issue(SseFixture.key("bob", "b", null), "", false)).isPresent();
        fixture.clock.advance(StreamTickets.LIFETIME);
        assertThat(tickets.issue(ann, "", false)).isPresent();
    }

    @Test
    void usedTicketFreesAPlaceForAnother() {
        for (int i = 0; i < 3 * StreamTickets.MOST_PER_CALLER; i++) {
            assertThat(present(ticket("", false), "")).isEqualTo(Status.VALID);
        }
    }

    @Test
    void otherCredentialsAreLeftToOtherStores() {
        assertThat(store.validate(new ApiKeyCredential(new Secret(ticket("", false)), ADDRESS)))
                .isSameAs(CredentialValidationResult.NOT_VALIDATED_RESULT);
        assertThat(store.validationTypes()).containsExactly(ValidationType.VALIDATE);
    }
}
