/** The answers of every endpoint to every kind of caller, the same on every server and at every context root. */
@org.jspecify.annotations.NullMarked
package io.mcpdata.container.contract;
