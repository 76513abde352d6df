/** Counters and gauges in the format of Prometheus; every room registers its own. */
@NullMarked
package io.mcpdata.metrics;

import org.jspecify.annotations.NullMarked;
