/** JSON: the shared factories, and the strict reader for documents from outside. */
@NullMarked
package io.mcpdata.json;

import org.jspecify.annotations.NullMarked;
