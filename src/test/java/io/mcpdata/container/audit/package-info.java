/** Reading the audit trail, on a real server. */
@NullMarked
package io.mcpdata.container.audit;

import org.jspecify.annotations.NullMarked;
