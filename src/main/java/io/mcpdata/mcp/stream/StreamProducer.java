package io.mcpdata.mcp.stream;

import io.mcpdata.background.ContainerThreads;
import io.mcpdata.config.ActiveConfiguration;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

/** Assembles the plain classes of this package. */
@Dependent
class StreamProducer {

    @Produces
    @Singleton
    @Typed(StreamThreads.class) // not as an Executor: other classes inject executors too
    static StreamThreads streamThreads(ContainerThreads threads) {
        return new StreamThreads(threads::thread);
    }

    @Produces
    @Singleton
    @Typed(AnswerThreads.class) // not as an Executor: other classes inject executors too
    static AnswerThreads answerThreads(ContainerThreads threads) {
        return new AnswerThreads(threads::thread);
    }

    @Produces
    @Singleton
    static OutboundBudget outboundBudget(ActiveConfiguration configuration) {
        return new OutboundBudget(configuration);
    }
}
