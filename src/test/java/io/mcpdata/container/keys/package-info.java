/** API keys from creation to revocation, on a real server. */
@NullMarked
package io.mcpdata.container.keys;

import org.jspecify.annotations.NullMarked;
