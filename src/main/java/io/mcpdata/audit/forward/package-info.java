/** Audit rows as lines of a file, for programs that ship logs. */
@NullMarked
package io.mcpdata.audit.forward;

import org.jspecify.annotations.NullMarked;
