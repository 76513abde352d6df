package io.mcpdata.container.server;

import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds every thread of a server that enters a method, as if the method never returned. */
public final class HeldThreads implements AutoCloseable {

    private final VirtualMachine machine;

    private HeldThreads(VirtualMachine machine) {
        this.machine = machine;
    }

    /** Holds threads from now on until this is closed. The class must be loaded. */
    public static HeldThreads at(DebugPort port, String className, String method) {
        VirtualMachine machine = port.attach();
        for (ReferenceType type : machine.classesByName(className)) {
            BreakpointRequest hold = machine.eventRequestManager()
                    .createBreakpointRequest(type.methodsByName(method).get(0).location());
            hold.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
            hold.enable();
            return new HeldThreads(machine);
        }
        machine.dispose();
        throw new IllegalStateException(className + " is not in use");
    }

    /** Waits until one is held. */
    public void awaitOne(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (System.nanoTime() < end) {
                @Nullable EventSet events = machine.eventQueue().remove(longest.toMillis());
                if (events != null && events.stream().anyMatch(BreakpointEvent.class::isInstance)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("no thread came to the method within " + longest);
    }

    /** Lets all held threads continue. */
    @Override
    public void close() {
        machine.dispose();
    }
}
