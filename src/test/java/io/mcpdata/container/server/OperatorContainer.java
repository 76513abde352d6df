package io.mcpdata.container.server;

import io.mcpdata.container.conformance.McpExchange;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.ApplicationScoped;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.shrinkwrap.api.Archive;
import org.jspecify.annotations.Nullable;

/**
 * The server that all tests of the suite share, started with the WAR as an operator starts it. The first class that asks
 * for the {@link Platform} deploys it, which starts the server; the others find it there, and the suite's end stops it.
 */
public final class OperatorContainer implements DeployableContainer<OperatorContainer.Configuration> {

    /** Everything is said by Maven's properties: the file arquillian.xml has nothing to add. */
    public static final class Configuration implements ContainerConfiguration {
        @Override
        public void validate() {
            Setup.fromMaven();
        }
    }

    @Inject
    @ApplicationScoped
    private InstanceProducer<Platform> produced;

    private @Nullable Platform running;

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Path war = Setup.fromMaven().war().getFileName();
        if (!archive.getName().equals(war.toString())) {
            throw new DeploymentException("the server is started with " + war + " and takes no " + archive.getName());
        }
        Platform platform = running;
        if (platform == null) {
            platform = startServer();
            running = platform;
            produced.set(platform);
        }
        // a servlet is Arquillian's way to tell the context root
        return new ProtocolMetaData()
                .addContext(new HTTPContext("127.0.0.1", platform.server().port()).add(new Servlet("platform", "/")));
    }

    /** The WAR stays for the next class. */
    @Override
    public void undeploy(Archive<?> archive) {}

    @Override
    public void stop() {
        Platform platform = running;
        running = null;
        if (platform != null) {
            platform.close();
        }
        System.out.println("MCP messages checked against the schema of their revision: " + McpExchange.checked());
    }

    private static Platform startServer() {
        Platform platform = Platform.start(Platform.Options.standard());
        System.out.printf(
                "%s answers after %d ms, resident %d MiB%n",
                platform.server().name(),
                platform.server().startedIn().toMillis(),
                platform.server().residentMebibytes());
        return platform;
    }
}
