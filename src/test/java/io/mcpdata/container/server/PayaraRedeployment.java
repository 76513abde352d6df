package io.mcpdata.container.server;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs inside Payara Micro as an agent, where this class alone is: it takes the WAR off and puts it on again. */
public final class PayaraRedeployment {

    private static final String APPLICATION = "mcp-data-platform";

    private PayaraRedeployment() {}

    /**
     * What the Java VM calls when the agent is loaded, and again each time it is.
     *
     * @param argument the context root, a space, and the path of the WAR
     */
    public static void agentmain(String argument, Instrumentation java)
            throws InterruptedException, ExecutionException {
        String[] contextRootAndWar = argument.split(" ", 2);
        FutureTask<Void> redeployment = new FutureTask<>(() -> {
            redeploy(java, contextRootAndWar[0], new File(contextRootAndWar[1]));
            return null;
        });
        // a thread of its own: this one goes on to serve whoever attaches, and would keep what a deployment leaves in
        // it
        new Thread(redeployment, "redeployment").start();
        redeployment.get();
    }

    private static void redeploy(Instrumentation java, String contextRoot, File war)
            throws ReflectiveOperationException {
        Object runtime = runtime(java);
        Class<?> type = runtime.getClass();
        Method names = type.getMethod("getDeployedApplicationNames");
        if (!((Collection<?>) names.invoke(runtime)).contains(APPLICATION)) {
            throw new IllegalStateException("on it are " + names.invoke(runtime));
        }
        type.getMethod("undeploy", String.class).invoke(runtime, APPLICATION);
        if (((Collection<?>) names.invoke(runtime)).contains(APPLICATION)) {
            throw new IllegalStateException("it is still on: the log says why");
        }
        Object done = type.getMethod("deploy", String.class, String.class, File.class)
                .invoke(runtime, APPLICATION, contextRoot, war);
        if (!Boolean.TRUE.equals(done)) {
            throw new IllegalStateException("it is not on again: the log says why");
        }
    }

    /** Of the class loader that Payara Micro starts itself in; elsewhere the same class would start another one. */
    private static Object runtime(Instrumentation java) throws ReflectiveOperationException {
        Class<?> payara = Arrays.stream(java.getAllLoadedClasses())
                .filter(type -> type.getName().equals("fish.payara.micro.impl.PayaraMicroImpl"))
                .findFirst()
                .orElseThrow();
        Object instance = payara.getMethod("getInstance").invoke(null);
        return payara.getMethod("getRuntime").invoke(instance);
    }
}
