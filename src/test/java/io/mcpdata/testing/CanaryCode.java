package io.mcpdata.testing;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Code that no caller may run: it creates a file, named by a property of the JVM, when it is called or when bytes are
 * deserialized to an object of this class.
 */
public final class CanaryCode implements Serializable {

    /** The property that names the file. */
    public static final String PROPERTY = "canary.file";

    @Serial
    private static final long serialVersionUID = 1;

    /** For a database to call. */
    public static int sing(int n) throws IOException {
        Files.writeString(Path.of(System.getProperty(PROPERTY)), "sang");
        return n;
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException {
        sing(0);
    }
}
