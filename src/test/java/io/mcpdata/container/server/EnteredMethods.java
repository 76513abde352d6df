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
 * Counts how often methods of a server are entered, from outside: nothing of it is in the application. The container's
 * proxies do not count, only what they hand over to. A thread goes on once it is counted, so whoever has an answer finds
 * what made it in the count.
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

    /** How often each was entered up to now; none that never was. */
    public synchronized Map<String, Integer> counts() {
        if (failure != null) {
            throw new IllegalStateException("nobody counts any more", failure);
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
            // or the threads that wait to be counted would wait for ever
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

    /** Lets the server go on uncounted. */
    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException ended) {
            // then nobody is counted any more
        }
    }
}
