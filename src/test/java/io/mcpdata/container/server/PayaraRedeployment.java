package io.mcpdata.container.server;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs inside Payara Micro as an agent that contains only this class: it undeploys the WAR and deploys it again. */
public final class PayaraRedeployment {

    private static final String APPLICATION = "mcp-data-platform";

    private PayaraRedeployment() {}

    /**
     * Called by the JVM each time the agent is loaded.
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
        // on a thread of its own, because this one also serves later agents and would keep objects of the deployment in
        // memory
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

    /**
     * Uses the class loader that started Payara Micro; in another one the same class would start a second Payara Micro.
     */
    private static Object runtime(Instrumentation java) throws ReflectiveOperationException {
        Class<?> payara = Arrays.stream(java.getAllLoadedClasses())
                .filter(type -> type.getName().equals("fish.payara.micro.impl.PayaraMicroImpl"))
                .findFirst()
                .orElseThrow();
        Object instance = payara.getMethod("getInstance").invoke(null);
        return payara.getMethod("getRuntime").invoke(instance);
    }
}
