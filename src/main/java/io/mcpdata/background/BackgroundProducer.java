package io.mcpdata.background;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Assembles the plain classes of this package. */
@Dependent
class BackgroundProducer {

    @Produces
    @Singleton
    static ContainerThreads threads() {
        return new ContainerThreads();
    }
}
