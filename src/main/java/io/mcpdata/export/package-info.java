/** Files with the rows of statements, for their callers: made, limited, given to their owners only, and removed. */
@NullMarked
package io.mcpdata.export;

import org.jspecify.annotations.NullMarked;
