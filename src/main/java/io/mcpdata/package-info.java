/**
 * The classes that one request passes:
 *
 * <pre>
 * TokenAuthenticationMechanism          authentication         what did the caller present?
 *   -> JwtIdentityStore                 authentication.jwt     (VALIDATE, first)
 *   -> ApiKeyIdentityStore              authentication.apikey  (VALIDATE, second)
 *   -> PersonaGroupsIdentityStore       persona                (PROVIDE_GROUPS: roles -> persona -> permissions)
 *   -> McpEndpoint, SseEndpoint, ...    mcp.streamable, .sse   &#64;RolesAllowed(permission)
 *   -> McpServer                        mcp.server             the method; answers through an Exchange
 *   -> ToolGateway                      gateway                persona's tool and connection policy, then the call
 *   -> SqlToolkit                       toolkit.sql            JDBC
 *   -> AuditLog                         audit                  always, also when refused
 * </pre>
 *
 * Every other package serves one of these steps: {@code config} reads {@code platform.yaml}, {@code store} is the
 * platform's own database, {@code http} is shared by all HTTP packages, {@code web} checks Origin and Host, and
 * {@code admin} answers the operator. {@code ArchitectureTest} checks which package may import which.
 */
@NullMarked
package io.mcpdata;

import org.jspecify.annotations.NullMarked;
