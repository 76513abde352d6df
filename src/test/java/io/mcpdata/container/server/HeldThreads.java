package io.mcpdata.container.server;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.VirtualMachineManager;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds every thread of a server that comes to a method, as if what it is about to ask never answered. */
public final class HeldThreads implements AutoCloseable {

    private final VirtualMachine machine;

    private HeldThreads(VirtualMachine machine) {
        this.machine = machine;
    }

    /** The option a server must be started with. */
    public static String option(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    /** Holds them from now on until this is closed. The class must be in use. */
    public static HeldThreads at(int port, String className, String method) {
        VirtualMachine machine = attached(port);
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

    private static VirtualMachine attached(int port) {
        VirtualMachineManager machines = Bootstrap.virtualMachineManager();
        AttachingConnector socket = machines.attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> place = socket.defaultArguments();
        place.values().stream().filter(a -> a.name().equals("hostname")).forEach(a -> a.setValue("127.0.0.1"));
        place.values().stream().filter(a -> a.name().equals("port")).forEach(a -> a.setValue(String.valueOf(port)));
        try {
            return socket.attach(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
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

    /** Lets them all go on. */
    @Override
    public void close() {
        machine.dispose();
    }
}
