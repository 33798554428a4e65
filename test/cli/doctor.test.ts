import { afterEach, expect, test } from '@jest/globals';
import { doctorCommand } from '../../src/cli/doctor.ts';
import { rulesCommand } from '../../src/cli/rules.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxSeed } from '../../src/sandbox/seed.ts';
import { botToken, brokenKr, now, perfectKr } from '../helpers/world.ts';
import { runCommandAlone } from './command.ts';

let sandbox: Sandbox | null = null;
afterEach(() => sandbox?.close());

type Projects = NonNullable<SandboxSeed['projects']>;

const labels = ['KR', 'kr-hygiene::ok', 'kr-hygiene::needs-attention'];

/** Doctor on a group in which the bot has this role. */
async function doctor(role: 'guest' | 'planner', projects: Projects, args = ['--group', 'sec']) {
  sandbox = await startSandbox({
    seed: {
      users: [{ username: 'ann' }, { username: 'bo.lee' }, { username: 'carol' }, { username: 'kr-bot' }],
      tokens: [{ value: botToken, user: 'kr-bot', scopes: ['api'] }],
      groups: [{ path: 'sec', members: { ann: 'developer', 'kr-bot': role } }],
      projects,
    },
    clock: () => new Date(now),
  });
  return runCommandAlone(doctorCommand, [...args, '--gitlab-url', sandbox.url], {
    KR_HYGIENE_TOKEN: botToken,
  });
}

const two: Projects = [
  { path: 'sec/okrs', labels, issues: [perfectKr, brokenKr] },
  { path: 'sec/apps/okrs', labels: ['KR', 'KR-Hygiene::OK'], issues: [perfectKr] },
];

test('a guest in the group is found out in each of its projects', async () => {
  const { stdout, code } = await doctor('guest', two);
  expect(stdout).toContain('✗ kr-bot does not have enough rights in sec/okrs');
  expect(stdout).toContain('✗ kr-bot does not have enough rights in sec/apps/okrs');
  expect(stdout).toContain('2 to fix before --apply.');
  expect(stdout).not.toContain('Ready');
  expect(code).toBe(2);
});

test('with role enough, the labels of each project are looked at', async () => {
  const { stdout, code } = await doctor('planner', two);
  expect(stdout).toContain('✓ kr-bot has a sufficient role in sec/okrs.');
  expect(stdout).toContain('✓ sec/okrs has the label "kr-hygiene::ok".');
  expect(stdout).toContain('! sec/apps/okrs spells "kr-hygiene::ok" as "KR-Hygiene::OK"');
  expect(stdout).toContain('! sec/apps/okrs has no label "kr-hygiene::needs-attention" yet');
  expect(stdout).toMatch(
    /\n\nReady for `kr-hygiene run --apply`\. The lines with ! are worth a look first\.\n$/,
  );
  expect(code).toBe(0);
});

test('all in order: ready; the schedule and the number of rules are told as they are', async () => {
  const { stdout } = await doctor('planner', two.slice(0, 1), ['--project', 'sec/okrs']);
  expect(stdout).toMatch(/\n\nReady for `kr-hygiene run --apply`\.\n$/);
  expect(stdout).toContain('Build > Pipeline schedules');
  const [, count] = /Rule files: (\d+) rules on/.exec(stdout) ?? [];
  const check = await runCommandAlone(rulesCommand, ['check']);
  expect(check.stdout).toContain(`${count} rules are on`);
});

test('a group without KRs is evaluated by its other issues', async () => {
  const { stdout, code } = await doctor('guest', [
    { path: 'sec/okrs', labels, issues: [{ ...perfectKr, labels: [], state: 'closed' }] },
  ]);
  expect(stdout).toContain('! No open issue in group sec that this token sees.');
  expect(stdout).toContain('✗ kr-bot does not have enough rights in sec/okrs');
  expect(code).toBe(2);
});

test('what cannot be checked is not called ready: no issue at all, very many projects', async () => {
  const empty = await doctor('planner', [{ path: 'sec/okrs', labels }]);
  expect(empty.stdout).toContain('? There is no issue to be seen in group sec');
  expect(empty.stdout).toContain('not everything could be checked');
  expect(empty.stdout).not.toContain('Ready');
  await sandbox?.close();
  const many = Array.from({ length: 21 }, (_, index) => ({
    path: `sec/p${index}`,
    labels,
    issues: [perfectKr],
  }));
  const { stdout } = await doctor('planner', many);
  expect(stdout).toContain('? Of group sec, only the first 20 projects with issues were looked at.');
  expect(stdout).not.toContain('Ready');
});

test('the server is named before anything else', async () => {
  const { stdout } = await doctor('planner', two);
  expect(stdout.split('\n')[0]).toBe(`i Talks to ${sandbox?.url}.`);
});

test('where no issue is a KR, it is said which condition excludes them, and which label was meant', async () => {
  const { stdout } = await doctor('planner', [
    {
      path: 'sec/okrs',
      labels: ['krs'],
      issues: [
        { ...perfectKr, labels: ['krs'] },
        { ...brokenKr, labels: ['krs'] },
      ],
    },
  ]);
  expect(stdout).toMatch(
    /! None of 2 open issues in group sec is a KR by the policy\. Most often: .*KR.* \(2 of 2\)\./,
  );
  expect(stdout).toContain('There is a label "krs": is that what "KR" in policy.yml means?');
});
