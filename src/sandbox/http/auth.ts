import type { Actor } from '../world/access.ts';
import { errors } from '../world/errors.ts';
import type { Token, World } from '../world/types.ts';

/** True from 00:00 UTC of the expiry date on. */
export function isExpired(world: World, token: Token): boolean {
  return (
    token.expiresAt !== null && world.clock.now().getTime() >= Date.parse(`${token.expiresAt}T00:00:00Z`)
  );
}

/**
 * Who is asking: `PRIVATE-TOKEN`, `Authorization: Bearer` or a query parameter. No token at all is no one, which can be
 * enough for public projects. Throws 401.
 */
export function authenticate(
  world: World,
  header: (name: string) => string | null,
  query: URLSearchParams,
): { actor: Actor; token: Token | null } {
  const bearer = /^Bearer\s+(.+)$/i.exec(header('authorization') ?? '')?.[1];
  const value =
    header('private-token') ?? bearer ?? query.get('private_token') ?? query.get('access_token') ?? undefined;
  if (value === undefined) {
    // A job token is accepted by other endpoints only.
    if (header('job-token') !== null) throw errors.unauthorized();
    return { actor: { user: null }, token: null };
  }
  const token = world.tokens.get(value);
  const user = token ? world.users.get(token.userId) : undefined;
  if (!token || user?.state !== 'active') throw errors.unauthorized();
  if (token.revoked) throw errors.revokedToken();
  if (isExpired(world, token)) throw errors.expiredToken();
  return { actor: { user, projectId: token.projectId, groupId: token.groupId }, token };
}

/** `api` for everything, `read_api` for GET; a fine-grained token without the permission gets a bare 403. */
export function requireScope(token: Token | null, method: string): void {
  if (!token || token.scopes.includes('api')) return;
  const reading = method === 'GET' || method === 'HEAD';
  if (token.scopes.includes('granular')) {
    if (!token.permissions.includes(reading ? 'read' : 'write')) throw errors.forbidden();
    return;
  }
  if (!reading) throw errors.insufficientScope('api');
  if (!token.scopes.includes('read_api')) throw errors.insufficientScope('api read_api');
}
