@NullMarked
package io.mcpdata.servers;

import org.jspecify.annotations.NullMarked;
