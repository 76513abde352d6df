/** A credential has roles, the roles select a persona, and the persona grants permissions, tools and connections. */
@NullMarked
package io.mcpdata.persona;

import org.jspecify.annotations.NullMarked;
