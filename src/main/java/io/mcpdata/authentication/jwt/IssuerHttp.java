package io.mcpdata.authentication.jwt;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets documents from an issuer: within a time for the whole answer, up to a size, and only from the given address,
 * because a redirect could lead anywhere. Thread-safe.
 */
final class IssuerHttp {

    private static final int OK = 200;
    private static final int LARGEST = 512 * 1024;

    private final HttpClient client;
    private final Duration patience;

    IssuerHttp(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .build();
    }

    /** The document, or a {@link KeysUnavailableException} that says what came instead. */
    CompletableFuture<String> get(URI address) {
        return once(address)
                // after a connection reset, try once more
                .exceptionallyCompose(error -> cause(error) instanceof IOException ? once(address) : failed(error))
                .exceptionallyCompose(error -> failed(described(address, cause(error))));
    }

    private CompletableFuture<String> once(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json, application/jwk-set+json")
                .timeout(patience)
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(LARGEST));
        return answer.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(IssuerHttp::text)
                // the request's own timeout ends with the head of the answer, and a body may arrive without end
                .whenComplete((text, error) -> answer.cancel(true));
    }

    private static CompletableFuture<String> text(HttpResponse<byte[]> response) {
        return response.statusCode() == OK
                ? CompletableFuture.completedFuture(new String(response.body(), StandardCharsets.UTF_8))
                : failed(new KeysUnavailableException(response.uri() + ": status " + response.statusCode()));
    }

    private static <T> CompletableFuture<T> failed(Throwable error) {
        return CompletableFuture.failedFuture(error);
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private static KeysUnavailableException described(URI address, Throwable error) {
        if (error instanceof KeysUnavailableException known) {
            return known;
        }
        return new KeysUnavailableException(address + ": "
                + (error instanceof TimeoutException
                        ? "no whole answer in time"
                        : error.getClass().getSimpleName()
                                + (error.getMessage() == null ? "" : " " + error.getMessage())));
    }
}
