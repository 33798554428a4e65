import type { SandboxSeed } from '../../src/sandbox/seed.ts';

/** A group with one person of each role, and two projects; what most tests of the sandbox need. */
export const roles = ['guest', 'planner', 'reporter', 'developer', 'maintainer', 'owner'] as const;

export function smallWorld(issues: NonNullable<SandboxSeed['projects']>[number]['issues'] = []): SandboxSeed {
  return {
    users: [
      ...roles.map((username) => ({ username, name: `The ${username}` })),
      { username: 'stranger' },
      { username: 'bot', bot: true },
    ],
    tokens: [...roles, 'stranger', 'bot'].map((user) => ({ value: user, user })),
    groups: [
      {
        path: 'top',
        members: { ...Object.fromEntries(roles.map((role) => [role, role])), bot: 'reporter' },
        labels: ['KR', 'review', 'priority::low', 'priority::high'],
      },
      { path: 'elsewhere', members: { stranger: 'owner' } },
    ],
    projects: [
      { id: 1, path: 'top/one', issues },
      { id: 2, path: 'top/sub/two', issues: [{ title: 'In two', author: 'owner' }] },
    ],
  };
}
