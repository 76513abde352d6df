package io.mcpdata.web;

import io.mcpdata.http.Disconnects;
import io.mcpdata.http.HardeningHeaders;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the files of the operator's console at {@code /console/}. They are public and contain no data: the console asks
 * the REST endpoints for it, with the credential of the person who uses it. Thread-safe.
 */
public final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Only the console's own files, no text as code, and no other page around it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private transient Map<String, ConsoleFile> files = Map.of();

    @Override
    public void init() {
        files = ConsoleFile.all(getServletContext());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            ProblemDetail.ofStatus(405, RequestId.of(request)).complete(request, response);
            return;
        }
        @Nullable String path = request.getPathInfo();
        if (path == null) {
            // relative, so that it is right behind a proxy that adds a path
            response.setStatus(308);
            response.setHeader("Location", "console/");
            return;
        }
        // only names of the list exist, so no path leads elsewhere
        @Nullable ConsoleFile file = files.get(path.equals("/") ? "/index.html" : path);
        if (file == null) {
            ProblemDetail.ofStatus(404, RequestId.of(request)).complete(request, response);
            return;
        }
        answer(file, request, response);
    }

    private static void answer(ConsoleFile file, HttpServletRequest request, HttpServletResponse response) {
        HardeningHeaders.set(response);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", file.caching());
        response.setHeader("ETag", file.tag());
        if (file.isKnownTo(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        response.setStatus(200);
        response.setContentType(file.mediaType());
        byte[] content = file.content();
        response.setContentLength(content.length);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        try {
            response.getOutputStream().write(content);
        } catch (IOException clientHasLeft) {
            Disconnects.count();
        }
    }
}
