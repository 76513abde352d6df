package io.mcpdata.container.server;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the shared platform when the first test asks for it, and stops it with the suite. */
final class SharedPlatform implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedPlatform.class);

    private record Shared(Platform platform) implements CloseableResource {
        @Override
        public void close() {
            platform.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Platform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, type -> new Shared(start()), Shared.class)
                .platform();
    }

    private static Platform start() {
        Platform platform = Platform.start(Platform.Options.standard());
        System.out.printf(
                "%s answers after %d ms, resident %d MiB%n",
                platform.server().name(),
                platform.server().startedIn().toMillis(),
                platform.server().residentMebibytes());
        return platform;
    }
}
