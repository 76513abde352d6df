package io.mcpdata.container.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mcpdata.persona.AnyCaller;
import io.mcpdata.persona.Public;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
        for (JavaClass type :
                new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("io.mcpdata")) {
            if (type.isAnnotatedWith(Path.class)) {
                type.getMethods().forEach(method -> addTo(endpoints, type, method));
            }
        }
        endpoints.addAll(withoutBodies(endpoints));
        endpoints.sort(Comparator.comparing(Endpoint::toString));
        return endpoints;
    }

    private static void addTo(List<Endpoint> endpoints, JavaClass type, JavaMethod method) {
        method.getAnnotations().stream()
                .flatMap(annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class).stream())
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
    private static boolean streams(String http, JavaMethod method) {
        boolean produced = method.tryGetAnnotationOfType(Produces.class)
                .filter(types -> List.of(types.value()).contains(MediaType.SERVER_SENT_EVENTS))
                .isPresent();
        boolean session = http.equals(HttpMethod.GET)
                && method.getOwner().getAnnotationOfType(Path.class).value().equals("/mcp");
        return produced && !http.equals(HttpMethod.HEAD) && !session;
    }

    private static String path(JavaClass type, JavaMethod method) {
        String below =
                method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        return ("/" + type.getAnnotationOfType(Path.class).value() + "/" + below)
                .replaceAll("\\{ *(\\w+)[^}]*}", "{$1}")
                .replaceAll("/$", "");
    }

    private static String permission(JavaMethod method) {
        if (method.isAnnotatedWith(AnyCaller.class)) {
            return Endpoint.ANY_CALLER;
        }
        return method.isAnnotatedWith(Public.class)
                ? ""
                : String.join(
                        " ", method.getAnnotationOfType(RolesAllowed.class).value());
    }
}
