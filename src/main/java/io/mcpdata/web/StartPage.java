package io.mcpdata.web;

import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.http.Disconnects;
import io.mcpdata.http.HardeningHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page that a browser shows at the address of the platform: what it is and how to connect. It is public, so it has
 * the name of the platform, its address and its issuers, which challenges and metadata have too, and no secret.
 */
final class StartPage {

    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    /** A host header can hold anything, and people paste the address into a shell. */
    private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]_-]+(/[A-Za-z0-9._~/-]*)?");

    private static final String TEMPLATE = template();

    /** No script, and only the style that the page itself has. */
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digestOfStyle()
            + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private StartPage() {}

    /** Whether the request asked for the page and has its answer. */
    static boolean answers(HttpServletRequest request, HttpServletResponse response, PlatformConfig config) {
        boolean asked =
                request.getRequestURI().equals(request.getContextPath() + "/") && READING.contains(request.getMethod());
        if (!asked) {
            return false;
        }
        byte[] page = html(config, address(request, config)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(200);
        HardeningHeaders.set(response);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        try (var out = response.getOutputStream()) {
            out.write(page);
        } catch (IOException clientHasLeft) {
            Disconnects.count();
        }
        return true;
    }

    private static String html(PlatformConfig config, String address) {
        return PLACE.matcher(TEMPLATE)
                .replaceAll(place -> Matcher.quoteReplacement(escaped(
                        switch (place.group(1)) {
                            case "name" -> config.server().name();
                            case "address" -> address;
                            case "credential" -> credential(config);
                            default -> throw new IllegalStateException(place.group());
                        })));
    }

    /** That of {@code server.public_url}; without it, the one that the client used. */
    private static String address(HttpServletRequest request, PlatformConfig config) {
        String known = config.server()
                .publicUrl()
                .map(Object::toString)
                .orElseGet(() -> request.getRequestURL().toString());
        return ADDRESS.matcher(known).matches() ? known.replaceFirst("/+$", "") : "https://ADDRESS";
    }

    private static String credential(PlatformConfig config) {
        List<String> kinds = new ArrayList<>();
        if (config.apiKeys().enabled()) {
            kinds.add("a key of this server");
        }
        if (config.oidc().enabled()) {
            kinds.add(config.oidc().issuers().stream()
                    .map(IssuerConfig::issuer)
                    .collect(Collectors.joining(" or ", "an access token of ", "")));
        }
        return kinds.isEmpty() ? "a key" : String.join(", or ", kinds);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String template() {
        try (InputStream page = Objects.requireNonNull(StartPage.class.getResourceAsStream("start-page.html"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the Content Security Policy names a style: SHA-256 of what stands between the tags. */
    private static String digestOfStyle() {
        int begin = TEMPLATE.indexOf("<style>") + "<style>".length();
        String style = TEMPLATE.substring(begin, TEMPLATE.indexOf("</style>"));
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
