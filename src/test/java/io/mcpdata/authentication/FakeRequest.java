package io.mcpdata.authentication;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a servlet request that authentication reads; any other call fails the test. */
final class FakeRequest {

    private final String method;
    private final String path;
    private final @Nullable String query;
    private final Map<String, List<String>> headers = new HashMap<>();
    private final List<Cookie> cookies = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();

    FakeRequest(String method, String target) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
    }

    FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                .add(value);
        return this;
    }

    FakeRequest cookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    HttpServletRequest asRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> {
                    return switch (called.getName()) {
                        case "getMethod" -> method;
                        case "getRequestURI" -> "/data" + path;
                        case "getContextPath" -> "/data";
                        case "getQueryString" -> query;
                        case "getHeaders" ->
                            Collections.enumeration(
                                    headers.getOrDefault(((String) args[0]).toLowerCase(Locale.ROOT), List.of()));
                        case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
                        case "getHeader" ->
                            headers.getOrDefault(((String) args[0]).toLowerCase(Locale.ROOT), List.of()).stream()
                                    .findFirst()
                                    .orElse(null);
                        case "getRemoteAddr" -> "192.0.2.7";
                        case "getContentLengthLong" -> 0L;
                        case "getInputStream" -> throw new IllegalStateException("there is no body");
                        case "getAttribute" -> attributes.get((String) args[0]);
                        case "setAttribute" -> attributes.put((String) args[0], args[1]);
                        default -> throw new AssertionError("not expected to be asked: " + called.getName());
                    };
                });
    }
}
