import type { SandboxSeed } from '../../src/sandbox/seed.ts';
import { benchKr, benchPeople } from './kr-issues.ts';

export const benchToken = 'bench-token-aaaaaaaaaaaa';

/** `count` KRs in so many projects of one group, whose members are the people named in them. */
export function benchSeed(count: number, projects = 1): SandboxSeed {
  const members = Object.fromEntries(benchPeople.map((name) => [name, 'developer' as const]));
  const share = Math.ceil(count / projects);
  return {
    users: [...benchPeople.map((username) => ({ username })), { username: 'kr-bot', bot: true }],
    tokens: [{ value: benchToken, user: 'kr-bot', scopes: ['api'] }],
    groups: [{ path: 'bench', members: { ...members, 'kr-bot': 'developer' as const } }],
    projects: Array.from({ length: projects }, (_, at) => ({
      id: at + 1,
      path: projects === 1 ? 'bench/okrs' : `bench/okrs-${at + 1}`,
      labels: ['KR'],
      issues: Array.from({ length: Math.max(0, Math.min(share, count - at * share)) }, (_, within) => {
        const n = at * share + within;
        return {
          ...benchKr(n),
          author: 'ann',
          labels: ['KR'],
          createdAt: new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString(),
        };
      }),
    })),
  };
}
