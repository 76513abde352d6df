package io.mcpdata.toolkit.sql;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the JVM reports about its heap and about allocations. Thread-safe. */
interface HeapUse {

    /** The maximum size of the heap, in bytes. */
    long most();

    /** The bytes in use now, including garbage. */
    long used();

    /** The number of garbage collections so far. */
    long collections();

    /** How many bytes the thread has allocated so far; {@link Long#MAX_VALUE} where the JVM does not report it. */
    long allocatedBy(long threadId);

    /** The heap of this JVM. */
    static HeapUse ofThisJvm() {
        return new OfThisJvm();
    }

    /** Uses the JVM's management beans. */
    final class OfThisJvm implements HeapUse {

        private static final Logger LOG = System.getLogger(HeapUse.class.getName());

        private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        private final long most = Runtime.getRuntime().maxMemory();

        private OfThisJvm() {}

        @Override
        public long most() {
            return most;
        }

        @Override
        public long used() {
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        @Override
        public long collections() {
            return collectors.stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }

        @Override
        public long allocatedBy(long threadId) {
            try {
                // by name: not every server lets an application see the class com.sun.management.ThreadMXBean
                Object bytes = beans.invoke(
                        new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                        "getThreadAllocatedBytes",
                        new Object[] {threadId},
                        new String[] {"long"});
                return bytes instanceof Long known && known >= 0 ? known : Long.MAX_VALUE;
            } catch (JMException | RuntimeException e) {
                LOG.log(Level.DEBUG, "this JVM does not tell what a thread has allocated", e);
                return Long.MAX_VALUE;
            }
        }
    }
}
