package io.mcpdata.container.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The files of libraries that the pages of the console name: they are there, public, and the only ones of their WebJars. */
@ArquillianTest
final class ConsoleLibrariesIT {

    private static final Path SOURCES = Path.of("src", "main", "webapp", "console");

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void filesOfLibrariesArePublicAndNeverChange() throws IOException {
        for (Library file : libraries()) {
            Answer answer = web.get(file.path());

            assertThat(answer.status()).as(file.path()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(file.content());
            assertThat(answer.header("Content-Type"))
                    .startsWith(file.path().endsWith(".css") ? "text/css" : "text/javascript");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'; ");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    /** A WebJar holds more than the pages use, and servers find it under a path of their own. */
    @Test
    void noOtherFileOfALibraryIsAnswered() throws IOException {
        for (Library file : libraries()) {
            assertThat(file.resource("package.json")).as(file.path()).isNotNull();
            for (String path : List.of(
                    file.folder(),
                    file.folder() + "package.json",
                    file.folder() + "dist/" + file.name(),
                    "/console/lib/" + file.library() + "/" + file.version() + "/" + file.name(),
                    "/webjars/" + file.library() + "/" + file.version() + "/package.json",
                    "/webjars/" + file.library() + "/" + file.version() + "/" + file.name(),
                    "/webjars/" + file.library() + "/" + file.version() + "/dist/" + file.name())) {
                assertThat(web.get(path).status()).as(path).isIn(401, 404);
                assertThat(web.get(path, platform.key("admin")).status())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void librariesMakeNoCodeAndNoMarkupOfText() throws IOException {
        for (Library file : libraries()) {
            assertThat(file.content())
                    .as(file.path())
                    .doesNotContain(
                            "innerHTML",
                            "outerHTML",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(",
                            "new Function",
                            "localStorage",
                            "document.cookie",
                            "fetch(",
                            "XMLHttpRequest");
        }
    }

    /** A file of a WebJar that the pages use: its path is that of the pages, with the version. */
    private record Library(String library, String version, String name) {

        private static final Pattern PATH = Pattern.compile("\"(?:\\.\\./)?lib/([a-z.]+)-([0-9.]+)/([A-Za-z.]+)\"");

        static List<Library> namedIn(Path source) throws IOException {
            return PATH.matcher(Files.readString(source))
                    .results()
                    .map(found -> new Library(found.group(1), found.group(2), found.group(3)))
                    .toList();
        }

        String folder() {
            return "/console/lib/" + library + "-" + version + "/";
        }

        String path() {
            return folder() + name;
        }

        @Nullable
        InputStream resource(String file) {
            return Library.class.getResourceAsStream(
                    "/META-INF/resources/webjars/" + library + "/" + version + "/" + file);
        }

        String content() throws IOException {
            InputStream flat = resource(name);
            try (InputStream stream = Objects.requireNonNull(flat == null ? resource("dist/" + name) : flat, path())) {
                return new String(stream.readAllBytes(), UTF_8);
            }
        }
    }

    private static List<Library> libraries() throws IOException {
        List<Library> named = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                named.addAll(Library.namedIn(source));
            }
        }
        assertThat(named).extracting(Library::library).contains("uplot", "normalize.css");
        return named;
    }
}
