package io.mcpdata.mcp.lifecycle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Handles SIGTERM before the server does. Servers close their connections, or refuse every request, before they tell an
 * application that it ends; only here can running calls still be answered. Then the server's own handler runs. Where
 * the JVM does not allow a signal handler, nothing changes. Thread-safe.
 *
 * <p>By reflection, because not every server shows the class {@code sun.misc.Signal} to its applications.
 */
final class TerminationSignal {

    private static final Logger LOG = System.getLogger(TerminationSignal.class.getName());
    private static final String NAME = "TERM";

    private final Runnable before;
    private final AtomicBoolean received = new AtomicBoolean();
    private final CountDownLatch ready = new CountDownLatch(1);

    private @Nullable Object handler;
    private @Nullable Object previous;

    /** @param before runs once, at the first signal, and must end; the server stops after it */
    TerminationSignal(Runnable before) {
        this.before = before;
    }

    synchronized void install() {
        try {
            Class<?> type = type("sun.misc.SignalHandler");
            handler = Proxy.newProxyInstance(
                    ClassLoader.getSystemClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> received(arguments[0]);
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "the platform's handler of SIGTERM";
                    });
            previous = handle(handler);
        } catch (ReflectiveOperationException | RuntimeException e) {
            handler = null;
            LOG.log(Level.INFO, "no handler for SIGTERM: streams end with the server, without a last event", e);
        }
    }

    /** Restores the former handler, so that an undeployed application is not kept in memory. */
    synchronized void uninstall() {
        Object ours = handler;
        Object theirs = previous;
        if (ours == null || theirs == null) {
            return;
        }
        try {
            Object current = handle(theirs);
            if (!ours.equals(current)) {
                // another application installed its handler later: keep that one
                handle(current);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.WARNING, "the former handler of SIGTERM could not be restored", e);
        }
        handler = null;
    }

    private @Nullable Object received(Object signal) throws ReflectiveOperationException {
        if (received.compareAndSet(false, true)) {
            prepare();
        } else if (!isReady()) {
            return null;
        }
        Object theirs;
        synchronized (this) {
            theirs = previous;
        }
        if (theirs != null) {
            type("sun.misc.SignalHandler")
                    .getMethod("handle", type("sun.misc.Signal"))
                    .invoke(theirs, signal);
        }
        return null;
    }

    private void prepare() {
        try {
            before.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "an error while the application was ending on SIGTERM", e);
        } finally {
            ready.countDown();
        }
    }

    /**
     * Waits, because a signal often comes twice: a service manager signals every process of a service, and WildFly's
     * start script forwards the signal too. Each signal has its own thread, and the second one would stop the server
     * while running calls still wait for the first.
     */
    private boolean isReady() {
        try {
            ready.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = type("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, type("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal.getConstructor(String.class).newInstance(NAME), handler);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the Java VM keeps SIGTERM to itself", e.getCause());
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, ClassLoader.getSystemClassLoader());
    }
}
