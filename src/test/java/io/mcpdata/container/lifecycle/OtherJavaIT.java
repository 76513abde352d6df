package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The same WAR on a later Java: the latest with long-term support that is beside the one of the tests. */
@ArquillianTest
final class OtherJavaIT {

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private record Java(int version, Path home) {

        /** Of which there is one every two years, every fourth. */
        boolean hasLongTermSupport() {
            return version >= 17 && (version - 17) % 4 == 0;
        }
    }

    @Test
    void aLaterJavaServesCalls() throws IOException {
        Optional<Java> later = latest();
        assumeTrue(
                later.isPresent(),
                "no Java with long-term support later than " + Runtime.version().feature()
                        + " found; set the environment variable LATER_JAVA_HOME to one");
        Java java = later.orElseThrow();
        try (Platform platform = Platform.start(Platform.Options.standard().onJava(java.home()))) {
            Web web = new Web(platform);
            try (McpConversation conversation = McpConversation.begin(web, platform.key("analyst"))) {
                assertThat(conversation
                                .query("SELECT COUNT(*) AS products FROM retail.products")
                                .getJsonObject("result")
                                .getBoolean("isError", false))
                        .isFalse();
            }
            assertThat(web.get("/api/v1/whoami").status()).isEqualTo(401);
            System.out.printf(
                    "%s on Java %d answers after %d ms%n",
                    platform.server().name(),
                    java.version(),
                    platform.server().startedIn().toMillis());
        }
    }

    /** What the environment names, or the latest with long-term support beside the Java that runs the tests. */
    private static Optional<Java> latest() throws IOException {
        String named = System.getenv("LATER_JAVA_HOME");
        if (named != null) {
            return Optional.of(new Java(version(Path.of(named)), Path.of(named)));
        }
        try (Stream<Path> homes =
                Files.list(Path.of(System.getProperty("java.home")).toRealPath().getParent())) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .map(home -> new Java(version(home), home))
                    .filter(java -> java.hasLongTermSupport()
                            && java.version() > Runtime.version().feature())
                    .max(Comparator.comparingInt(Java::version));
        }
    }

    private static int version(Path home) {
        try {
            Matcher release = VERSION.matcher(Files.readString(home.resolve("release")));
            return release.find() ? Integer.parseInt(release.group(1)) : 0;
        } catch (IOException unknown) {
            return 0;
        }
    }
}
