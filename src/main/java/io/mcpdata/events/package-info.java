/** The live end of the audit trail: watchers get each row once, in order, and resume by its number. */
@NullMarked
package io.mcpdata.events;

import org.jspecify.annotations.NullMarked;
