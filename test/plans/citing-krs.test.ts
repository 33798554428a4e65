import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { cli } from '../helpers/capture-io.ts';
import { type Pages, removeFolders, writeFolder } from '../helpers/plan-folder.ts';

const site = 'https://handbook.example.com/handbook/security/planning';
const kr = (title: string, description: string, more: object = {}) => ({
  title,
  author: 'ann',
  labels: ['KR'],
  description,
  ...more,
});

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    clock: () => new Date('2026-11-23T09:00:00Z'),
    seed: {
      users: [{ username: 'ann' }, { username: 'bot', bot: true }],
      tokens: [{ value: 'bot-token-1234567890', user: 'bot' }],
      groups: [{ path: 'sec', labels: ['KR'], members: { ann: 'developer', bot: 'planner' } }],
      projects: [
        {
          path: 'sec/okrs',
          issues: [
            kr('FY27 Q4 KR1 (Keys) Renew [all] *keys* of @all', `Plan: ${site}/keys/`),
            kr('FY27 Q4 KR2 (Devices) Know them', `[the plan](${site}/devices/#details) and ${site}/keys/`),
            kr('FY27 Q4 KR3 (Hidden) Secret', `${site}/keys/`, { confidential: true }),
            kr(
              'FY27 Q4 KR4 (Repository) By file',
              'https://gitlab.example.com/web/-/blob/a/branch/security/planning/devices/index.md?plain=1',
            ),
            kr('FY27 Q4 KR5 (Alias) By its old name', 'https://handbook.example.com/old/keys/'),
            kr('FY27 Q4 KR6 (Elsewhere) Not these', `${site}/keys-of-others/ \`${site}/keys/\` ${site}/`),
            kr('FY27 Q4 KR7 (Done) Closed', `${site}/keys/`, { state: 'closed' }),
          ],
        },
      ],
    },
  });
});
afterAll(async () => {
  removeFolders();
  await sandbox.close();
});

const krs = (folder: string, ...args: string[]) =>
  cli(
    [
      'plans',
      'krs',
      '--now',
      '2026-11-23T09:00:00Z',
      '--gitlab-url',
      sandbox.url,
      '--group',
      'sec',
      ...args,
      folder,
    ],
    { env: { KR_HYGIENE_TOKEN: 'bot-token-1234567890' } },
  );

const block = '\n## Key Results\n\n<!-- krs:start -->\n<!-- krs:end -->\n\nAfter.\n';

const pages = (): Pages =>
  new Map([
    [
      '_index.md',
      '| Plan |\n|---|\n| [Keys](/handbook/security/planning/keys/) |\n| [Devices](/handbook/security/planning/devices/) |\n',
    ],
    ['keys.md', `---\ntitle: Keys\naliases: [/old/keys/]\n---\n\nEpic: sec&1\n${block}`],
    [
      'devices/index.md',
      `---\r\ntitle: Devices\r\n---\r\n\r\nEpic: sec&2\r\n${block.replaceAll('\n', '\r\n')}`,
    ],
    ['none.md', `---\ntitle: None\n---\n\nEpic: sec&3\n${block}`],
    ['bare.md', '---\ntitle: Bare\n---\n\nEpic: sec&4\n'],
  ]);

test('a page lists the KRs that cite it, between its marks, and then stays byte for byte', async () => {
  const before = pages();
  const folder = await writeFolder(before);
  const dry = await krs(folder);
  expect(dry.code).toBe(1);
  expect(dry.stdout.match(/out of date/g)).toHaveLength(3);
  const read = (file: string) => readFile(path.join(folder, file), 'utf8');
  expect(await read('keys.md')).toBe(before.get('keys.md'));

  expect((await krs(folder, '--write')).code).toBe(0);
  const keys = await read('keys.md');
  const listed = [...keys.matchAll(/^- .*$/gm)].map(([line]) => line);
  expect(listed).toHaveLength(4);
  expect(listed[0]).toMatch(/^- \[FY27 Q4 KR1 .*\]\(http.*\/sec\/okrs\/-\/work_items\/1\)$/);
  expect(listed[0]).toContain('`[all] *keys*` of `@all`');
  expect(listed[2]).toContain('(Alias)');
  expect(listed[3]).toMatch(/items\/7\) \(closed\)$/);
  expect(keys).not.toContain('Secret');
  const devices = await read('devices/index.md');
  expect(devices.match(/^- .*\r$/gm)).toHaveLength(2);
  expect(devices.replaceAll('\r\n', '')).not.toContain('\n');
  expect(await read('none.md')).toContain('No Key Result cites this plan.');

  const again = await krs(folder, '--write');
  expect(again.stdout).toContain('up to date');
  expect(await read('keys.md')).toBe(keys);
  // What is listed is not what the plan is tied to, and does not cover its work.
  const { stdout } = await cli(['lint', '--kind', 'plan', folder]);
  expect(stdout).not.toMatch(/keys\.md|devices/);
});

test('what cannot be read changes nothing, and marks that are not a pair are refused', async () => {
  const folder = await writeFolder(pages());
  const missing = await krs(folder, '--write', '--project', 'sec/nothing');
  expect(missing.code).toBe(3);
  expect(await readFile(path.join(folder, 'keys.md'), 'utf8')).toBe(pages().get('keys.md'));
  const broken = await writeFolder(new Map([['a.md', '# A\n\n<!-- krs:start -->\n']]));
  const { code, stderr } = await krs(broken);
  expect(code).toBe(2);
  expect(stderr).toContain('<!-- krs:end -->');
});
