package io.mcpdata.http;

import jakarta.servlet.http.HttpServletResponse;

/** Headers of every answer: nothing is sniffed, framed, kept, or told to others as a referrer. */
public final class HardeningHeaders {

    private HardeningHeaders() {}

    /** Sets them; what was set before under these names is replaced. */
    public static void set(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
        // what people read here is English; Liberty would name the language of the machine it runs on
        response.setHeader("Content-Language", "en");
    }
}
