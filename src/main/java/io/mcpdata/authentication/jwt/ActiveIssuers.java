package io.mcpdata.authentication.jwt;

import io.mcpdata.authentication.CredentialHealth;
import io.mcpdata.background.ElapsedClock;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.OidcConfig;
import io.mcpdata.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The issuers of the configuration in force, rebuilt when the configuration changes. If the location of an issuer's
 * keys stays the same, its keys are kept. Thread-safe.
 */
@ApplicationScoped
public class ActiveIssuers implements CredentialHealth {

    private static final Logger LOG = System.getLogger(ActiveIssuers.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration HTTP_PATIENCE = Duration.ofSeconds(5);

    private record Built(OidcConfig from, List<TokenIssuer> issuers, TokenJudge judge) {}

    private final ActiveConfiguration configuration;
    private final Clock clock = Clock.systemUTC();
    private final Clock elapsed = new ElapsedClock();
    private final VerificationGate gate = VerificationGate.perProcessor();
    private volatile @Nullable Built built;
    private @Nullable KeyFetches fetches;
    private final PeriodicTasks tasks;

    @Inject
    public ActiveIssuers(ActiveConfiguration configuration, PeriodicTasks tasks) {
        this.tasks = tasks;
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    ActiveIssuers() {
        this.configuration = null;
        this.tasks = null;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        tasks.every(Duration.ZERO, PAUSE, this::look);
    }

    void measure(@Observes @Initialized(ApplicationScoped.class) Object application, Metrics metrics) {
        metrics.gauges(
                "mcp_issuer_keys_age_seconds",
                "How long ago each identity provider last gave its keys",
                "issuer",
                this::ages);
    }

    private Map<String, Long> ages() {
        Map<String, Long> ages = new TreeMap<>();
        current()
                .issuers()
                .forEach(issuer -> issuer.keys()
                        .age()
                        .ifPresent(age -> ages.put(issuer.config().issuer().toString(), age.toSeconds())));
        return ages;
    }

    TokenJudge judge() {
        return current().judge();
    }

    @Override
    public List<String> ailments() {
        return current().issuers().stream().anyMatch(issuer -> issuer.keys().isFailing())
                ? List.of("identity provider unreachable")
                : List.of();
    }

    private void look() {
        try {
            current().issuers().forEach(issuer -> issuer.keys().look());
        } catch (RuntimeException e) {
            // the executor does not repeat a periodic task that throws
            LOG.log(Level.ERROR, "looking after the issuers' keys failed; the next second tries again", e);
        }
    }

    private Built current() {
        OidcConfig oidc = configuration.config().oidc();
        Built known = built;
        return known != null && known.from() == oidc ? known : rebuilt(oidc);
    }

    private synchronized Built rebuilt(OidcConfig oidc) {
        Built known = built;
        if (known != null && known.from() == oidc) {
            return known;
        }
        Map<IssuerConfig, IssuerKeys> before = new HashMap<>();
        if (known != null) {
            known.issuers().forEach(issuer -> before.put(issuer.config(), issuer.keys()));
        }
        List<TokenIssuer> issuers = oidc.issuers().stream()
                .map(config -> new TokenIssuer(config, keys(config, before), clock, gate))
                .toList();
        if (!issuers.isEmpty()) {
            tell(issuers);
        }
        Built fresh = new Built(oidc, issuers, new TokenJudge(issuers, clock));
        built = fresh;
        issuers.forEach(issuer -> issuer.keys().look());
        return fresh;
    }

    private IssuerKeys keys(IssuerConfig config, Map<IssuerConfig, IssuerKeys> before) {
        return before.entrySet().stream()
                .filter(entry -> entry.getKey().issuer().equals(config.issuer())
                        && entry.getKey().keys().equals(config.keys())
                        && entry.getKey().keyRefresh().equals(config.keyRefresh())
                        && entry.getKey().outageTolerance().equals(config.outageTolerance()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> new IssuerKeys(
                        config.issuer(),
                        fetches().of(config),
                        KeyRefreshPolicy.of(config.keyRefresh(), config.outageTolerance()),
                        elapsed));
    }

    /** Created with the first issuer: without single sign-on there is no HTTP client and none of its threads. */
    private KeyFetches fetches() {
        KeyFetches known = fetches;
        if (known == null) {
            known = new KeyFetches(new IssuerHttp(HTTP_PATIENCE));
            fetches = known;
        }
        return known;
    }

    /** Logs that the library in use is the WAR's own copy and not the server's. */
    private static void tell(List<TokenIssuer> issuers) {
        LOG.log(
                Level.INFO,
                "single sign-on: {0}; signatures by NimbusVersion JOSE+JWT {1}",
                issuers.stream().map(issuer -> issuer.config().issuer()).toList(),
                NimbusVersion.described());
    }
}
