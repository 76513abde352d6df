package io.mcpdata.container.server;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Runs {@link PayaraRedeployment} in the JVM of a running Payara Micro. */
final class PayaraAgent {

    private PayaraAgent() {}

    /** Returns when the WAR is deployed again. */
    static void redeploy(ProcessHandle java, Path folder, Path war, String contextRoot) throws IOException {
        Path jar = jar(folder.resolve("agent.jar"));
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(java.pid()));
            try {
                machine.loadAgent(jar.toString(), contextRoot + " " + war);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("Payara Micro did not redeploy; its log says why", e);
        }
    }

    private static Path jar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", PayaraRedeployment.class.getName());
        String file = PayaraRedeployment.class.getName().replace('.', '/') + ".class";
        // the server keeps the jar open: a second one in its place would not be the one it reads
        if (Files.notExists(jar)) {
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest);
                    InputStream code = PayaraAgent.class.getResourceAsStream("/" + file)) {
                entries.putNextEntry(new ZipEntry(file));
                Objects.requireNonNull(code).transferTo(entries);
            }
        }
        return jar;
    }
}
