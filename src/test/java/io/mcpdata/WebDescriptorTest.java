package io.mcpdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.persona.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class WebDescriptorTest {

    private static final Path WEB_XML = Path.of("src/main/webapp/WEB-INF/web.xml");

    @Test
    void everyPermissionIsDeclaredAsARole() throws IOException {
        var declared = Pattern.compile("<security-role><role-name>([^<]+)<")
                .matcher(Files.readString(WEB_XML))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(declared).isEqualTo(Permission.ALL);
    }

    /** Payara destroys servlets in this order. */
    @Test
    void servletThatEndsCallsAndStreamsIsTheFirstToEnd() throws IOException {
        var first = Pattern.compile("<servlet-class>([^<]+)<").matcher(Files.readString(WEB_XML));
        assertThat(first.find()).isTrue();
        assertThat(first.group(1)).isEqualTo("io.mcpdata.mcp.lifecycle.ShutdownServlet");
    }

    @Test
    void everythingIsConstrainedToAuthenticatedCallers() throws IOException {
        assertThat(Files.readString(WEB_XML).replaceAll("\\s+", ""))
                .contains("<url-pattern>/*</url-pattern></web-resource-collection>"
                        + "<auth-constraint><role-name>**</role-name></auth-constraint>");
    }
}
