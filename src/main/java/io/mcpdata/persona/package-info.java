/**
 * Roles come with the credential, a persona is chosen from roles, and a persona grants permissions, tools and
 * connections.
 */
@NullMarked
package io.mcpdata.persona;

import org.jspecify.annotations.NullMarked;
