import type { TokenInfo } from './issue.ts';

export interface TokenVerdict {
  /** Reasons not to start: exit code 2. */
  problems: string[];
  warnings: string[];
}

const DAY_MS = 86_400_000;
const WARN_DAYS = 14;

/**
 * What is wrong, or will soon be, with a token.
 * @param now ISO 8601 instant. A token dies at 00:00 UTC of its expiry date (docs/gitlab.md §2).
 */
export function checkToken(token: TokenInfo, { apply, now }: { apply: boolean; now: string }): TokenVerdict {
  const problems: string[] = [];
  const warnings: string[] = [];
  const left =
    token.expiresAt === null ? Infinity : Date.parse(`${token.expiresAt}T00:00:00Z`) - Date.parse(now);
  const renew = 'Create a new one (or rotate it) and put it in KR_HYGIENE_TOKEN.';
  if (left <= 0) problems.push(`The token expired on ${token.expiresAt} at 00:00 UTC. ${renew}`);
  else if (!token.active)
    problems.push(`The token is not active: it was revoked, or its user is blocked. ${renew}`);
  else if (left <= WARN_DAYS * DAY_MS) {
    const days = Math.floor(left / DAY_MS);
    const when = days === 0 ? 'in less than a day' : days === 1 ? 'in a day' : `in ${days} days`;
    warnings.push(
      `The token expires ${when} (${token.expiresAt}, 00:00 UTC); the runs after that fail. ${renew}`,
    );
  }
  const missing = missingScope(token.scopes, apply);
  if (missing !== null) problems.push(missing);
  if (token.scopes.includes('granular') && !token.scopes.includes('api')) {
    warnings.push(
      'The token is a fine-grained one; whether it may do all that is needed shows only when it is used. It needs to read projects, members, labels, issues and notes, and with --apply to write issues and notes.',
    );
  }
  return { problems, warnings };
}

function missingScope(scopes: string[], apply: boolean): string | null {
  if (scopes.includes('api') || scopes.includes('granular')) return null;
  const has = scopes.length === 0 ? 'none' : scopes.map((scope) => `"${scope}"`).join(', ');
  if (apply) {
    return `The token lacks the scope "api" that --apply needs (it has: ${has}). Create one with it and put it in KR_HYGIENE_TOKEN, or run without --apply.`;
  }
  return scopes.includes('read_api')
    ? null
    : `The token has neither the scope "read_api" nor "api" (it has: ${has}). Create one with "read_api" and put it in KR_HYGIENE_TOKEN.`;
}
