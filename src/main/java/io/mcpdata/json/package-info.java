/** JSON: the factories, held once, and the one strict reader of what comes from outside. */
@NullMarked
package io.mcpdata.json;

import org.jspecify.annotations.NullMarked;
