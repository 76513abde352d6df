package io.mcpdata.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a servlet request that the HTTP packages read; any other call fails the test. */
public final class InMemoryRequest {

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private String remoteAddress = "192.0.2.7";
    private String method = "POST";
    private String path = "/messages";
    private String protocol = "HTTP/1.1";
    private @Nullable Principal principal;
    private long length;
    private @Nullable ServletInputStream body;

    public InMemoryRequest header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                .add(value);
        return this;
    }

    public InMemoryRequest from(String address) {
        remoteAddress = address;
        return this;
    }

    /** @param place within the application */
    public InMemoryRequest asking(String verb, String place) {
        method = verb;
        path = place;
        return this;
    }

    public InMemoryRequest protocol(String version) {
        protocol = version;
        return this;
    }

    public InMemoryRequest by(Principal caller) {
        principal = caller;
        return this;
    }

    /** @param announced the Content-Length; -1 if there is none */
    public InMemoryRequest length(long announced) {
        length = announced;
        return this;
    }

    /** @param announced the Content-Length; -1 if there is none */
    public InMemoryRequest body(long announced, ServletInputStream content) {
        length = announced;
        body = content;
        return this;
    }

    public HttpServletRequest asRequest() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                InMemoryRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> answer(called.getName(), args == null ? new Object[] {""} : args));
    }

    private @Nullable Object answer(String called, Object[] args) {
        String name = String.valueOf(args[0]);
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return switch (called) {
            case "getHeader" -> values.isEmpty() ? null : values.get(0);
            case "getHeaders" -> Collections.enumeration(values);
            case "getRemoteAddr" -> remoteAddress;
            case "getUserPrincipal" -> principal;
            case "getProtocol" -> protocol;
            case "getMethod" -> method;
            case "getRequestURI" -> "/app" + path;
            case "getContextPath" -> "/app";
            case "getRequestURL" ->
                new StringBuffer("http://" + String.join("", headers.getOrDefault("host", List.of("localhost")))
                        + "/app" + path);
            case "getContentLengthLong" -> length;
            case "getInputStream" -> body;
            case "getAttribute" -> attributes.get(name);
            case "setAttribute" -> attributes.put(name, args[1]);
            default -> throw new AssertionError("not expected to be asked: " + called);
        };
    }
}
