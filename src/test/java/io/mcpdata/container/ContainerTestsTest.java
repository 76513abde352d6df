package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

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
}
