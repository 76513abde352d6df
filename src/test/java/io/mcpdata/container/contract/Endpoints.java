package io.mcpdata.container.contract;

import io.mcpdata.persona.AnyCaller;
import io.mcpdata.persona.Public;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every endpoint of the WAR, read from its classes, so that none is missing. */
final class Endpoints {

    /**
     * @param path with its variables, each a name in braces
     * @param permission what it asks for; empty if it is open to all, {@link Endpoint#ANY_CALLER} if to every known caller
     * @param streams whether it answers with an event stream that opens for every caller it admits
     * @param runs the method behind it, after the name of its class and a dot
     */
    record Endpoint(String method, String path, String permission, boolean streams, String runs) {

        static final String ANY_CALLER = "any caller";

        boolean isOpen() {
            return permission.isEmpty();
        }

        /** Only there a caller may present its key in the query. */
        boolean takesKeyInQuery() {
            return toString().equals("GET /sse, streamed");
        }

        @Override
        public String toString() {
            return method + " " + path + (streams ? ", streamed" : "");
        }
    }

    private Endpoints() {}

    static List<Endpoint> all() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Class<?> type : classes()) {
            if (type.isAnnotationPresent(Path.class)) {
                Arrays.stream(type.getDeclaredMethods()).forEach(method -> addTo(endpoints, type, method));
            }
        }
        endpoints.addAll(withoutBodies(endpoints));
        endpoints.sort(Comparator.comparing(Endpoint::toString));
        return endpoints;
    }

    private static List<Class<?>> classes() {
        java.nio.file.Path root = java.nio.file.Path.of(URI.create(AnyCaller.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        try (Stream<java.nio.file.Path> files = Files.walk(root.resolve("io/mcpdata"))) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .<Class<?>>map(name -> load(name.replace(".class", "").replace('/', '.')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Endpoints.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addTo(List<Endpoint> endpoints, Class<?> type, Method method) {
        Arrays.stream(method.getAnnotations())
                .flatMap(annotation ->
                        Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .forEach(http -> endpoints.add(new Endpoint(
                        http.value(),
                        path(type, method).replaceAll("/+", "/"),
                        permission(method),
                        streams(http.value(), method),
                        type.getName() + "." + method.getName())));
    }

    /** If no method answers HEAD, the one for GET does (Jakarta RESTful Web Services, 3.3.5). */
    private static List<Endpoint> withoutBodies(List<Endpoint> endpoints) {
        Set<String> own = endpoints.stream()
                .filter(endpoint -> endpoint.method().equals(HttpMethod.HEAD))
                .map(Endpoint::path)
                .collect(Collectors.toSet());
        return endpoints.stream()
                .filter(endpoint -> endpoint.method().equals(HttpMethod.GET) && !own.contains(endpoint.path()))
                .map(get -> new Endpoint(HttpMethod.HEAD, get.path(), get.permission(), false, get.runs()))
                .toList();
    }

    /** A stream of {@code GET /mcp} needs a session, so it does not open for every caller. */
    private static boolean streams(String http, Method method) {
        Produces types = method.getAnnotation(Produces.class);
        boolean produced = types != null && List.of(types.value()).contains(MediaType.SERVER_SENT_EVENTS);
        boolean session = http.equals(HttpMethod.GET)
                && method.getDeclaringClass().getAnnotation(Path.class).value().equals("/mcp");
        return produced && !http.equals(HttpMethod.HEAD) && !session;
    }

    private static String path(Class<?> type, Method method) {
        Path below = method.getAnnotation(Path.class);
        return ("/" + type.getAnnotation(Path.class).value() + "/" + (below == null ? "" : below.value()))
                .replaceAll("\\{ *(\\w+)[^}]*}", "{$1}")
                .replaceAll("/$", "");
    }

    private static String permission(Method method) {
        if (method.isAnnotationPresent(AnyCaller.class)) {
            return Endpoint.ANY_CALLER;
        }
        return method.isAnnotationPresent(Public.class)
                ? ""
                : String.join(" ", method.getAnnotation(RolesAllowed.class).value());
    }
}
