/** Start and end: SIGTERM, redeployment, many streams, stalled and disconnected clients, Java versions. */
@org.jspecify.annotations.NullMarked
package io.mcpdata.container.lifecycle;
