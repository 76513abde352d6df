package io.mcpdata.container.server;

import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls of a server's methods, from outside: the application contains nothing of it. Calls of the container's
 * proxies do not count, only those of the objects behind them. A thread continues after it is counted, so a client that
 * has an answer finds the calls behind it in the count.
 */
public final class EnteredMethods implements AutoCloseable {

    private final VirtualMachine machine;

    /** By class name: the methods' names. */
    private final Map<String, Set<String>> watched = new TreeMap<>();

    private final Set<ReferenceType> known = new HashSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private @Nullable RuntimeException failure;

    private EnteredMethods(VirtualMachine machine, Set<String> methods) {
        this.machine = machine;
        for (String method : methods) {
            int dot = method.lastIndexOf('.');
            watched.computeIfAbsent(method.substring(0, dot), name -> new HashSet<>())
                    .add(method.substring(dot + 1));
        }
    }

    /** @param methods each as the name of the class, a dot, and its own */
    public static EnteredMethods of(DebugPort port, Set<String> methods) {
        EnteredMethods entered = new EnteredMethods(port.attach(), methods);
        entered.watched.keySet().forEach(entered::watch);
        Thread counter = new Thread(entered::count, "entered-methods");
        counter.setDaemon(true);
        counter.start();
        return entered;
    }

    /** How often each method was called so far; methods without calls are left out. */
    public synchronized Map<String, Integer> counts() {
        if (failure != null) {
            throw new IllegalStateException("the counter has stopped", failure);
        }
        return new TreeMap<>(counts);
    }

    private void watch(String className) {
        ClassPrepareRequest loading = machine.eventRequestManager().createClassPrepareRequest();
        loading.addClassFilter(className);
        loading.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        loading.enable();
        machine.classesByName(className).forEach(this::watch);
    }

    private synchronized void watch(ReferenceType type) {
        if (!known.add(type)) {
            return;
        }
        for (String name : watched.getOrDefault(type.name(), Set.of())) {
            List<Method> methods = type.methodsByName(name);
            if (methods.isEmpty()) {
                throw new IllegalStateException(type.name() + " has no " + name);
            }
            for (Method method : methods) {
                BreakpointRequest entry = machine.eventRequestManager().createBreakpointRequest(method.location());
                entry.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                entry.enable();
            }
        }
    }

    private void count() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                events.forEach(this::take);
                events.resume();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (VMDisconnectedException ended) {
            // the server did, or the test has seen enough
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
            // otherwise the threads that wait to be counted would wait without end
            machine.dispose();
        }
    }

    private synchronized void take(Event event) {
        if (event instanceof ClassPrepareEvent loaded) {
            watch(loaded.referenceType());
        } else if (event instanceof BreakpointEvent entry) {
            Location place = entry.location();
            counts.merge(place.declaringType().name() + "." + place.method().name(), 1, Integer::sum);
        }
    }

    /** Lets the server continue without counting. */
    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException ended) {
            // then no call is counted any more
        }
    }
}
