package io.mcpdata.toolkit.sql;

import org.h2.api.JavaObjectSerializer;
import org.h2.util.JdbcUtils;

/**
 * Prevents the application's own H2 from deserializing. A statement can turn the caller's bytes into a value of type
 * {@code JAVA_OBJECT}, and reading such a value would run code of any class that the server has.
 */
final class StoredObjects implements JavaObjectSerializer {

    private StoredObjects() {}

    /**
     * Applies to every database that this H2 opens in this JVM. H2 also has a system property for this, but reads it
     * when its first class is loaded, which is when the platform's store opens. This field works at any time before the
     * first statement.
     */
    static void refuse() {
        JdbcUtils.serializer = new StoredObjects();
    }

    @Override
    public byte[] serialize(Object object) {
        throw new UnsupportedOperationException("Java objects are not written");
    }

    @Override
    public Object deserialize(byte[] bytes) {
        throw new UnsupportedOperationException("Java objects are not read");
    }
}
