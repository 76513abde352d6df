package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.jose.PublishedKeys;
import io.mcpdata.jose.SigningKeys;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One issuer's keys, refreshed in the background, so that no token with a known key waits. While an issuer cannot be
 * reached, its keys stay valid for the tolerated time; an issuer that answers without a key has withdrawn them all.
 * Thread-safe.
 */
final class IssuerKeys implements KeySource {

    private static final Logger LOG = System.getLogger(IssuerKeys.class.getName());

    private record Known(JWKSet keys, Instant heardAt) {}

    private final String issuer;
    private final KeyFetch fetch;
    private final KeyRefreshPolicy patience;
    private final Clock clock;
    private final Semaphore waiting;

    private volatile @Nullable Known known;
    private volatile boolean failing;
    private List<PublishedKeys.Warning> warned = List.of();
    private @Nullable CompletableFuture<Void> running;
    private @Nullable Instant lastAttempt;
    private @Nullable Instant lastQuestion;

    IssuerKeys(String issuer, KeyFetch fetch, KeyRefreshPolicy patience, Clock clock) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.patience = patience;
        this.clock = clock;
        this.waiting = new Semaphore(patience.waiting());
    }

    @Override
    public Optional<JWKSet> known() {
        Known now = known;
        return now == null || !clock.instant().isBefore(now.heardAt().plus(patience.tolerance()))
                ? Optional.empty()
                : Optional.of(now.keys());
    }

    /** Empty too if the issuer does not answer: then it is unknown whether it has the key. */
    @Override
    public Optional<JWKSet> askAgain() {
        Optional<CompletableFuture<Void>> answer = question();
        if (answer.isPresent() && !isIn(answer.get())) {
            return Optional.empty();
        }
        return failing ? Optional.empty() : known();
    }

    /** How long ago the issuer last gave its keys; empty if it never did. */
    Optional<Duration> age() {
        Known now = known;
        return now == null ? Optional.empty() : Optional.of(Duration.between(now.heardAt(), clock.instant()));
    }

    /** Whether the issuer's last answer was unusable. */
    boolean isFailing() {
        return failing || known().isEmpty();
    }

    /** Called every few seconds: asks for the keys when they are due. Never waits. */
    synchronized void look() {
        Known now = known;
        boolean due = now == null
                ? isPast(lastAttempt, patience.betweenFirstAttempts())
                : failing
                        ? isPast(lastAttempt, patience.betweenQuestions())
                        : isPast(now.heardAt(), patience.refresh());
        if (running == null && due) {
            start();
        }
    }

    /** The request under way, or a new one if one is allowed now. */
    private synchronized Optional<CompletableFuture<Void>> question() {
        boolean may = known == null
                ? isPast(lastAttempt, patience.betweenFirstAttempts())
                : isPast(failing ? lastAttempt : lastQuestion, patience.betweenQuestions());
        if (running == null && may) {
            // a request for the first keys does not count as a request for an unknown key
            lastQuestion = known == null ? lastQuestion : clock.instant();
            start();
        }
        return Optional.ofNullable(running);
    }

    private void start() {
        lastAttempt = clock.instant();
        CompletableFuture<Void> attempt = new CompletableFuture<>();
        running = attempt;
        fetch.fetch().whenComplete((keys, error) -> {
            try {
                if (error == null) {
                    heard(keys);
                } else {
                    failed(error);
                }
            } finally {
                ended(attempt);
            }
        });
    }

    private synchronized void ended(CompletableFuture<Void> attempt) {
        running = null;
        attempt.complete(null);
    }

    private void heard(PublishedKeys answer) {
        Known before = known;
        JWKSet keys = answer.keys();
        boolean anySigns = SigningKeys.anySigns(keys);
        if (failing || before == null || anySigns != SigningKeys.anySigns(before.keys())) {
            tell(keys.size(), anySigns);
        }
        if (!answer.warnings().equals(warned)) {
            warned = answer.warnings();
            warned.forEach(warning -> LOG.log(
                    Level.WARNING,
                    "issuer {0}: its keys: found {1}; expected {2}",
                    issuer,
                    warning.found(),
                    warning.expected()));
        }
        failing = false;
        // keeps the same object while the keys are equal, so that verified tokens stay verified
        JWKSet kept = before != null && before.keys().equals(keys) ? before.keys() : keys;
        known = new Known(kept, clock.instant());
    }

    private void tell(int keys, boolean anySigns) {
        if (anySigns) {
            LOG.log(Level.INFO, "issuer {0}: {1} keys", issuer, keys);
        } else {
            LOG.log(
                    Level.WARNING,
                    "issuer {0}: it answers without a key that signs tokens, so all its tokens are refused;"
                            + " publish its signing key there, or check jwks_uri",
                    issuer);
        }
    }

    private void failed(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (!failing) {
            LOG.log(
                    Level.WARNING,
                    "issuer {0}: its keys cannot be fetched ({1}); {2}",
                    issuer,
                    cause instanceof KeysUnavailableException ? cause.getMessage() : cause.toString(),
                    known == null ? "its tokens get 503 until then" : "the known keys stay in use");
        }
        failing = true;
    }

    private boolean isIn(CompletableFuture<Void> answer) {
        if (answer.isDone()) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            answer.get(patience.perRequest().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    private boolean isPast(@Nullable Instant since, Duration span) {
        return since == null || !clock.instant().isBefore(since.plus(span));
    }
}
