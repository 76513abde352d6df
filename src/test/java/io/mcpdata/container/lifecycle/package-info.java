/** Beginning and end: SIGTERM, redeployment, many streams, stalled and vanished clients, Java versions. */
@org.jspecify.annotations.NullMarked
package io.mcpdata.container.lifecycle;
