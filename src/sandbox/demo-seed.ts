import type { SandboxSeed } from './seed.ts';

/** Tokens of the demo world: worth nothing anywhere else. */
export const demoToken = 'demo-api-token';
export const demoReadToken = 'demo-read-token';

/** Placeholder until the sample KRs are written out. */
export function demoSeed(now: Date): SandboxSeed {
  return {
    users: [
      { username: 'maya.lindt', name: 'Maya Lindt' },
      { username: 'kr-hygiene-bot', name: 'KR hygiene', bot: true },
    ],
    tokens: [
      { value: demoToken, user: 'kr-hygiene-bot' },
      { value: demoReadToken, user: 'kr-hygiene-bot', scopes: ['read_api'] },
    ],
    groups: [{ path: 'example-sec', members: { 'maya.lindt': 'owner', 'kr-hygiene-bot': 'reporter' } }],
    projects: [
      {
        path: 'example-sec/okrs',
        issues: [{ title: 'A KR', labels: ['KR'], createdAt: now.toISOString() }],
      },
    ],
  };
}
