package io.mcpdata.testing;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Code that no caller may bring to run: it leaves a file behind, named by a property of the virtual machine, when it is
 * called or when bytes are made an object of this class again.
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
