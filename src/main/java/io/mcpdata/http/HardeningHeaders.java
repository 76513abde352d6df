package io.mcpdata.http;

import jakarta.servlet.http.HttpServletResponse;

/** Headers of every answer: browsers must not guess its type, frame it, cache it, or send its address as a referrer. */
public final class HardeningHeaders {

    private HardeningHeaders() {}

    /** Sets the headers and replaces earlier values. */
    public static void set(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
        // the answers are in English; Liberty would name the language of its machine
        response.setHeader("Content-Language", "en");
    }
}
