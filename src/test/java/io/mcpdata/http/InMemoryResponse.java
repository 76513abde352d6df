package io.mcpdata.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of a servlet response that the HTTP packages write; any other call fails the test. */
public final class InMemoryResponse {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status = 200;

    public int status() {
        return status;
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    public Map<String, String> headers() {
        return headers;
    }

    public HttpServletResponse asResponse() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                InMemoryResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, args) -> answer(called.getName(), args));
    }

    private @Nullable Object answer(String called, Object[] args) {
        switch (called) {
            case "setStatus" -> status = (int) args[0];
            case "setHeader" -> headers.put((String) args[0], (String) args[1]);
            case "setIntHeader" -> headers.put((String) args[0], String.valueOf(args[1]));
            case "setContentType" -> headers.put("Content-Type", (String) args[0]);
            case "setContentLength" -> headers.put("Content-Length", String.valueOf(args[0]));
            case "getOutputStream" -> {
                return stream();
            }
            default -> throw new AssertionError("not expected to be told: " + called);
        }
        return null;
    }

    private ServletOutputStream stream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new AssertionError("not expected");
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
    }
}
