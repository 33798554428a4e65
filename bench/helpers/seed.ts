import type { SandboxSeed } from '../../src/sandbox/seed.ts';
import { benchKr, benchPeople } from './kr-issues.ts';

export const benchToken = 'bench-token-aaaaaaaaaaaa';

/** One project with `count` KRs, whose members are the people named in them. */
export function benchSeed(count: number): SandboxSeed {
  const members = Object.fromEntries(benchPeople.map((name) => [name, 'developer' as const]));
  return {
    users: [...benchPeople.map((username) => ({ username })), { username: 'kr-bot', bot: true }],
    tokens: [{ value: benchToken, user: 'kr-bot', scopes: ['api'] }],
    groups: [{ path: 'bench', members: { ...members, 'kr-bot': 'developer' as const } }],
    projects: [
      {
        id: 1,
        path: 'bench/okrs',
        labels: ['KR'],
        issues: Array.from({ length: count }, (_, n) => ({
          ...benchKr(n),
          author: 'ann',
          labels: ['KR'],
          createdAt: new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString(),
        })),
      },
    ],
  };
}
