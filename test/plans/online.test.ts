import path from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxSeed } from '../../src/sandbox/seed.ts';
import { cli } from '../helpers/capture-io.ts';
import { type Pages, removeFolders, writeFolder } from '../helpers/plan-folder.ts';

afterAll(removeFolders);

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});

const issue = (title: string) => ({ title, author: 'ann' });

const seed: SandboxSeed = {
  users: [{ username: 'ann' }, { username: 'bot', bot: true }, { username: 'stranger' }],
  tokens: [
    { value: 'personal-token-1234567890', user: 'bot' },
    { value: 'read-token-1234567890', user: 'bot', scopes: ['read_api'] },
    { value: 'group-token-1234567890', user: 'bot', kind: 'group', group: 'sec' },
    { value: 'project-token-1234567890', user: 'bot', kind: 'project', project: 'sec/handbook' },
    { value: 'service-token-1234567890', user: 'bot', kind: 'service' },
    { value: 'elsewhere-token-1234567890', user: 'bot', kind: 'group', group: 'other' },
    { value: 'stranger-token-1234567890', user: 'stranger' },
  ],
  groups: [
    {
      path: 'sec',
      members: { ann: 'developer', bot: 'planner' },
      epics: [
        { iid: 1, title: 'Going on', issues: ['sec/work#1'] },
        { iid: 2, title: 'Closed', state: 'closed' },
        { iid: 3, title: 'Without issues' },
      ],
    },
    { path: 'other', members: { bot: 'planner' } },
  ],
  projects: [
    { path: 'sec/handbook', issues: [issue('Stands in for an epic')] },
    { path: 'sec/work', issues: [issue('List all known devices')] },
  ],
};

const plan = (title: string, item: string, more = ''): string =>
  `---\ntitle: ${title}\nmerged_on: 2026-01-12\n---\n\nTied to ${item}\n${more}`;

function pagesFor(origin: string): Pages {
  return new Map([
    ['_index.md', '| Plan |\n|---|\n| [A](a.md) |\n| [B](b.md) |\n| [C](c.md) |\n| [D](d.md) |\n'],
    [
      'a.md',
      plan(
        'A',
        `${origin}/groups/sec/-/epics/1`,
        '\n## Steps\n\n### List the devices\n\n### Refuse the others\n',
      ),
    ],
    ['b.md', plan('B', 'sec&2')],
    ['c.md', plan('C', '&3')],
    ['d.md', plan('D', 'sec&4')],
  ]);
}

type Tier = 'free' | 'premium' | 'ultimate';

type Api = Partial<Sandbox['settings']>;

async function lintOnline(token: string, tier: Tier, pages = pagesFor, rules?: string, api: Api = {}) {
  sandbox = await startSandbox({
    seed,
    clock: () => new Date('2026-11-23T09:00:00Z'),
    settings: { tier, ...api },
  });
  const folder = await writeFolder(pages(sandbox.url));
  const fixed = ['lint', '--kind', 'plan', '--online', '--format', 'json', '--now', '2026-11-23T09:00:00Z'];
  const named = rules === undefined ? [] : ['--rules', rules];
  const args = [...fixed, '--gitlab-url', sandbox.url, ...named, folder];
  const { code, stdout, stderr } = await cli(args, {
    env: { KR_HYGIENE_TOKEN: `${token}-token-1234567890`, CI_PROJECT_NAMESPACE: 'sec' },
  });
  const found = code === 2 ? [] : findingsOf(stdout);
  return { code, stderr, found };
}

function findingsOf(json: string): string[] {
  const { subjects } = JSON.parse(json) as {
    subjects: {
      ref: string;
      findings: { rule: string; messageId: string; severity: string; message: string }[];
    }[];
  };
  return subjects.flatMap(({ ref, findings }) =>
    findings.map(({ rule, messageId, severity }) => `${path.basename(ref)} ${severity} ${rule} ${messageId}`),
  );
}

const all = [
  'a.md warning require-plan-issues uncovered',
  'b.md warning require-open-plan-epic closed',
  'c.md warning require-open-plan-epic no-issues',
  'd.md info require-open-plan-epic unknown',
];

const unknown = ['a', 'b', 'c', 'd'].map((page) => `${page}.md info require-open-plan-epic unknown`);

/** What each kind of token sees of the epics, on a tier that has them. */
const seen: [string, string[]][] = [
  ['personal', all],
  ['read', all],
  ['group', all],
  ['service', all],
  // It sees no group, and a group it does not see looks like one that is not there.
  ['project', unknown],
  ['elsewhere', unknown],
  ['stranger', unknown],
];

test.each<[string, Tier, string[]]>([
  ...seen.map(([token, expected]): [string, Tier, string[]] => [token, 'premium', expected]),
  ...seen.map(([token, expected]): [string, Tier, string[]] => [token, 'ultimate', expected]),
  // Free has no epics.
  ...seen.map(([token]): [string, Tier, string[]] => [token, 'free', unknown]),
])('a %s token on %s', async (token, tier, expected) => {
  const { code, found, stderr } = await lintOnline(token, tier);
  expect(found).toEqual(expected);
  expect(code).toBe(0);
  expect(stderr).toContain('could not be checked: they are not there, or may not be read');
  expect(stderr).not.toContain('does not exist.');
});

test.each<[string, Api, string[]]>([
  ['the API of epics is gone, and that of work items is there', { epicsApi: false, workItemsApi: true }, all],
  ['both are there', { workItemsApi: true }, all],
  ['neither is there', { epicsApi: false }, unknown],
])('%s', async (_name, api, expected) => {
  const { code, found } = await lintOnline('group', 'premium', pagesFor, undefined, api);
  expect(found).toEqual(expected);
  expect(code).toBe(0);
});

test('an epic written as a work item of its group is looked up like any', async () => {
  const pages = (origin: string): Pages =>
    new Map([
      ['_index.md', '| Plan |\n|---|\n| [A](a.md) |\n| [B](b.md) |\n'],
      ['a.md', plan('A', `${origin}/groups/sec/-/work_items/1, that is sec&1`)],
      ['b.md', `---\ntitle: B\nepic: ${origin}/groups/sec/-/work_items/2\n---\n`],
    ]);
  const { found } = await lintOnline('personal', 'premium', pages);
  expect(found).toEqual(['b.md warning require-open-plan-epic closed']);
});

test('an issue that was promoted is told by the name of its epic', async () => {
  const rules = await writeFolder(
    new Map([
      ['policy.yml', 'extends: handbook\nplans: { issues: true }\n'],
      ['plan.yml', 'rules: { require-plan-epic: { options: { issues: true } } }\n'],
    ]),
    'rules',
  );
  sandbox = await startSandbox({ seed, settings: { tier: 'premium' } });
  const asked = await fetch(`${sandbox.url}/api/v4/projects/sec%2Fhandbook/issues/1/notes`, {
    method: 'POST',
    headers: { 'PRIVATE-TOKEN': 'personal-token-1234567890', 'content-type': 'application/json' },
    body: JSON.stringify({ body: '/promote' }),
  });
  expect(asked.status).toBeLessThan(300);
  const folder = await writeFolder(
    new Map([['a.md', plan('A', `${sandbox.url}/sec/handbook/-/issues/1`, '\n## Step 1: List\n')]]),
  );
  const { stdout } = await cli(
    ['lint', '--kind', 'plan', '--online', '--gitlab-url', sandbox.url, '--rules', rules, folder],
    { env: { KR_HYGIENE_TOKEN: 'personal-token-1234567890' } },
  );
  expect(stdout).toContain('was promoted to the epic “sec&4”');
  expect(stdout).not.toContain('require-plan-issues');
});

test('on Free an issue stands in for the epic, where the policy says so', async () => {
  const rules = await writeFolder(
    new Map([
      ['policy.yml', 'extends: handbook\nplans: { issues: true }\n'],
      ['plan.yml', 'rules: { require-plan-epic: { options: { issues: true } } }\n'],
    ]),
    'rules',
  );
  const page = (origin: string) =>
    plan(
      'A',
      `${origin}/sec/handbook/-/issues/1`,
      '\n## Step 1: List all devices\n\n## Step 2: Refuse others\n',
    );
  const pages = (origin: string): Pages => new Map([['a.md', page(origin)]]);
  const { found } = await lintOnline('project', 'free', pages, rules);
  expect(found).toEqual([
    'a.md warning require-open-plan-epic no-issues',
    'a.md warning require-plan-issues uncovered',
    'a.md warning require-plan-issues uncovered',
  ]);
});

test('an epic of another GitLab is not asked for', async () => {
  const { found } = await lintOnline(
    'personal',
    'ultimate',
    () => new Map([['a.md', plan('A', 'https://gitlab.example.com/groups/sec/-/epics/1')]]),
  );
  expect(found).toEqual(['a.md info require-open-plan-epic unknown']);
});

test('a token that is not valid is exit code 2', async () => {
  const { code, stderr } = await lintOnline('no-such', 'ultimate');
  expect(code).toBe(2);
  expect(stderr).toContain('does not accept the token');
});

test('--online takes a token, a folder and the kind', async () => {
  expect((await cli(['lint', '--online', 'x.md'])).stderr).toContain('--kind plan');
  const folder = await writeFolder(new Map([['a.md', '# A\n']]));
  expect((await cli(['lint', '--kind', 'plan', '--online', folder])).code).toBe(2);
});
