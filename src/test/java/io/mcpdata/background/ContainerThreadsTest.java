package io.mcpdata.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ContainerThreadsTest {

    private final List<String> asked = new ArrayList<>();

    /** A server's thread factory, whose one method with a task does this. */
    private ContainerThreads threads(UnaryOperator<@Nullable Object> given) {
        return new ContainerThreads(name -> {
            asked.add(name);
            return Proxy.newProxyInstance(
                    ContainerThreadsTest.class.getClassLoader(),
                    new Class<?>[] {ManagedThreadFactory.class},
                    (proxy, method, arguments) -> given.apply(arguments[0]));
        });
    }

    static Stream<Throwable> waysToSayNo() {
        return Stream.of(
                new IllegalStateException("the application is on its way out"),
                new OutOfMemoryError("unable to create native thread: as if"),
                new RejectedExecutionException("shut down"));
    }

    @ParameterizedTest
    @MethodSource("waysToSayNo")
    void serverThatHasNoThreadRefusesInOneWay(Throwable no) {
        ContainerThreads none = threads(task -> {
            if (no instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) no;
        });

        assertThatThrownBy(() -> none.thread(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void serverThatGivesNullInsteadOfAThreadRefusesToo() {
        assertThatThrownBy(() -> threads(task -> null).thread(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void namesAreAskedForOnceAndAtTheirFirstUse() {
        ContainerThreads some = threads(task -> new Thread((Runnable) task));
        assertThat(asked).isEmpty();

        for (int i = 0; i < 2; i++) {
            assertThat(some.thread(() -> {})).isNotNull();
        }

        assertThat(asked).containsExactly("java:comp/DefaultManagedThreadFactory");
    }

    @Test
    void noServerAtAllIsARefusal() {
        assertThatThrownBy(() -> new ContainerThreads().thread(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("the server has no java:comp/DefaultManagedThreadFactory");
    }
}
