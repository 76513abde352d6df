package io.mcpdata.container.server;

import io.mcpdata.gateway.Toolkit;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Copies of the packaged WAR with the jar of another team in them. */
public final class ExtendedWar {

    private ExtendedWar() {}

    /** A copy in which the classes of the toolkit's package are a jar of {@code WEB-INF/lib}. */
    public static Path with(Class<? extends Toolkit> toolkit) {
        Setup setup = Setup.fromMaven();
        JavaArchive jar = ShrinkWrap.create(JavaArchive.class, "conformance.jar")
                .addPackage(toolkit.getPackage())
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
        Path directory = setup.work().resolve(setup.server() + "-conformance");
        Folders.clear(directory);
        Path war = directory.resolve("mcp-data-platform.war");
        ShrinkWrap.createFromZipFile(WebArchive.class, setup.war().toFile())
                .addAsLibrary(jar)
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
        return war;
    }
}
