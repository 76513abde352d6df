package io.mcpdata.persona;

/**
 * What a persona's policy says about one name.
 *
 * @param rule the rule that decided, for the audit row and the operator, such as {@code tools.deny[*_delete_*]}
 */
public record AccessDecision(boolean allowed, String rule) {}
