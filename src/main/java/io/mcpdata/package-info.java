/**
 * The map of the house. One request, told in class names:
 *
 * <pre>
 * TokenAuthenticationMechanism          authentication         what did the caller present?
 *   -> ApiKeyIdentityStore              authentication.apikey  (VALIDATE)
 *   -> PersonaGroupsIdentityStore       persona                (PROVIDE_GROUPS: roles -> persona -> permissions)
 *   -> SseEndpoint, MessagesEndpoint    mcp.transport          &#64;RolesAllowed(permission)
 *   -> ToolGateway                      tool                   persona's tool and connection policy, then the call
 *   -> SqlToolkit                       toolkit.sql            JDBC
 *   -> AuditLog                         audit                  always, also when refused
 * </pre>
 *
 * Every other room serves one of these steps: {@code config} reads {@code platform.yaml}, {@code store} is the
 * platform's own database, {@code http} is what every HTTP edge shares, {@code web} guards the front door and
 * {@code admin} answers the operator. Who may import whom is held by {@code ArchitectureTest}.
 */
@NullMarked
package io.mcpdata;

import org.jspecify.annotations.NullMarked;
