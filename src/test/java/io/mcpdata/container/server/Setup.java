package io.mcpdata.container.server;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where Maven put things.
 *
 * @param server {@code payara}, {@code payara7}, {@code wildfly} or {@code liberty}
 * @param java the home of the Java that the server runs on
 * @param war the packaged WAR
 * @param servers the directory the servers are unpacked to
 * @param serverConfig what operators apply to their servers
 * @param work where tests may write
 */
public record Setup(String server, Path java, Path war, Path servers, Path serverConfig, Path work) {

    public static Setup fromMaven() {
        return new Setup(
                property("it.server"),
                Path.of(property("it.java")),
                Path.of(property("it.war")),
                Path.of(property("it.servers")),
                Path.of(property("it.serverConfig")),
                Path.of(property("it.work")));
    }

    private static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty(name), "the property " + name + " is not set: run this test by Maven");
    }
}
