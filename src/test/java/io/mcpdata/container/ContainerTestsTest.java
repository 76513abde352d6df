package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.testing.OnLiberty;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** What all tests on a server have in common. */
final class ContainerTestsTest {

    @Test
    void everyTestOnAServerIsAnArquillianTest() {
        List<Class<?>> tests = Stream.of("io.mcpdata.container", "io.mcpdata.endtoend")
                .flatMap(room ->
                        ReflectionSupport.streamAllClassesInPackage(room, test -> true, name -> name.endsWith("IT")))
                .toList();

        assertThat(tests).hasSizeGreaterThan(30).allMatch(test -> test.isAnnotationPresent(ArquillianTest.class));
    }

    /** Otherwise it would run in several parts of CI, or in none. */
    @Test
    void everyTestThatCiMovesToAnotherServerNeedsOneServerOnly() {
        List<Class<?>> moved = ReflectionSupport.findAllClassesInPackage(
                "io.mcpdata",
                test -> test.isAnnotationPresent(OnWildFly.class) || test.isAnnotationPresent(OnLiberty.class),
                name -> name.endsWith("IT"));

        assertThat(moved)
                .hasSizeGreaterThan(10)
                .allMatch(test -> test.isAnnotationPresent(OnOneServer.class))
                .noneMatch(
                        test -> test.isAnnotationPresent(OnWildFly.class) && test.isAnnotationPresent(OnLiberty.class));
    }
}
