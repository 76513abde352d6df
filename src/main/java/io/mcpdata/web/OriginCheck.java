package io.mcpdata.web;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.HardeningHeaders;
import io.mcpdata.http.PreAuthenticationCheck;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Refuses requests from foreign pages, and from pages whose name was rebound to this server. Answers the questions of
 * browsers that need no caller: those of listed pages, and for the start page; and for
 * metrics that are open. Thread-safe.
 */
@ApplicationScoped
public class OriginCheck implements PreAuthenticationCheck {

    private static final String PASSED = "io.mcpdata.web.passed";

    private final ActiveConfiguration configuration;
    private final OriginPolicy policy;
    private final PublicMetrics metrics;

    @Inject
    OriginCheck(ActiveConfiguration configuration, OriginPolicy policy, PublicMetrics metrics) {
        this.configuration = configuration;
        this.policy = policy;
        this.metrics = metrics;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    OriginCheck() {
        this(null, null, null);
    }

    @Override
    public boolean answers(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(PASSED) == null) {
            Optional<String> refusal = policy.refusal(request);
            if (refusal.isPresent()) {
                ProblemDetail.of(403, refusal.get(), RequestId.of(request)).complete(request, response);
                return true;
            }
            request.setAttribute(PASSED, true);
        }
        Optional<String> page = allow(request, response);
        if (page.isEmpty() || !CrossOrigin.isQuestion(request)) {
            return StartPage.answers(request, response, configuration.config()) || metrics.answers(request, response);
        }
        HardeningHeaders.set(response);
        CrossOrigin.answer(request, response);
        complete(response);
        return true;
    }

    /** Allows the requesting page to read the answer, if it is one of {@code server.allowed_origins}. */
    Optional<String> allow(HttpServletRequest request, HttpServletResponse response) {
        if (configuration.config().server().allowedOrigins().isEmpty()) {
            return Optional.empty();
        }
        response.setHeader("Vary", "Origin");
        Optional<String> page = policy.listedPage(request);
        page.ifPresent(origin -> CrossOrigin.allow(response, origin));
        return page;
    }

    /** Closes the response, so that no later code can run for it or write to it. */
    private static void complete(HttpServletResponse response) {
        try {
            response.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
