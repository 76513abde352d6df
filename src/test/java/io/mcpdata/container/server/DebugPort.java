package io.mcpdata.container.server;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import io.mcpdata.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Where a server listens for a debugger, of which it takes one at a time. */
public record DebugPort(int number) {

    public static DebugPort free() {
        return new DebugPort(FreePort.next());
    }

    /** The option a server must be started with. */
    public String option() {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + number;
    }

    VirtualMachine attach() {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> place = socket.defaultArguments();
        place.values().stream().filter(a -> a.name().equals("hostname")).forEach(a -> a.setValue("127.0.0.1"));
        place.values().stream().filter(a -> a.name().equals("port")).forEach(a -> a.setValue(String.valueOf(number)));
        try {
            return socket.attach(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }
}
