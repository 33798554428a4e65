import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';
import { runs } from '../helpers/random.ts';

let root: string;
let report: string;
const before = process.cwd();
/** No server answers there; nothing gets so far. */
const nowhere = ['--gitlab-url', 'http://127.0.0.1:1'];
const env = { KR_HYGIENE_TOKEN: 'glpat-abcdefghij1234567890' };

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-planted-'));
  await mkdir(path.join(root, 'outside'));
  for (const name of ['secret', 'policy.yml', 'report.json', '_index.md'])
    await writeFile(path.join(root, 'outside', name), 'extends: CANARY\n');
  report = path.join(root, 'report.json');
  const totals = { subjects: 0, clean: 0, findings: 0, errors: 0, actions: {} };
  const requests = { total: 0, retried: 0, throttled: 0 };
  const head = { version: 1, mode: 'dry-run', generatedAt: '2026-11-23T09:00:00Z' };
  await writeFile(report, JSON.stringify({ ...head, subjects: [], totals, requests }));
});
afterAll(async () => {
  process.chdir(before);
  await rm(root, { recursive: true, force: true });
});

/** A checkout as a merge request might make it; ours while the command runs. */
async function plant(): Promise<void> {
  process.chdir(root);
  await rm('checkout', { recursive: true, force: true });
  await mkdir('checkout/.git', { recursive: true });
  process.chdir('checkout');
  await writeFile('.git/config', 'CANARY\n');
  await symlink('../outside', 'linked');
  await symlink('../outside/secret', 'link');
  await symlink('../outside/new', 'dangling');
  await writeFile('file', 'x');
  await writeFile('huge', '');
  await truncate('huge', 500 * 1024 * 1024);
  execFileSync('mkfifo', ['fifo']);
  await mkdir('mixed');
  for (const name of [
    'report.json',
    'index.html',
    'style.css',
    'junit.xml',
    'policy.json',
    'data.json',
    'policy.yml',
  ])
    await symlink('../../outside/secret', `mixed/${name}`);
  for (const name of ['embed', 'rules', 'docs', '.gitlab']) await symlink('../../outside', `mixed/${name}`);
}

async function untouched(): Promise<void> {
  expect((await readdir(root)).sort()).toEqual(['checkout', 'outside', 'report.json']);
  expect((await readdir(path.join(root, 'outside'))).sort()).toEqual([
    '_index.md',
    'policy.yml',
    'report.json',
    'secret',
  ]);
  for (const name of await readdir(path.join(root, 'outside')))
    expect(await readFile(path.join(root, 'outside', name), 'utf8')).toBe('extends: CANARY\n');
}

const reading: string[][] = [
  ['lint'],
  ['lint', '--fix'],
  ['lint', '--kind', 'plan'],
  ['lint', 'file', '--rules'],
  ['parse'],
  ['explain'],
  ['report'],
  ['site', '--output', 'out'],
  ['pings'],
  ['plan-shards'],
  ['merge'],
  ['rules', 'check'],
  ['rules', 'list', '--report'],
  ['plans', 'index', '--write'],
  ['plans', 'krs', '--write', '--group', 'sec', ...nowhere],
  ['diff', '--project', 'sec/okrs', ...nowhere, '--against'],
  ['doctor', ...nowhere, '--rules'],
  ['sandbox', '--seed'],
  ['sandbox', '--faults'],
  ['run', '--project', 'sec/okrs', ...nowhere, '--state'],
];

const allPlanted = [
  'fifo',
  'link',
  'linked',
  'linked/secret',
  'dangling',
  '/dev/zero',
  'huge',
  '.git/config',
];
/** All of them in the long form; by default each command meets a few, and each of them a few commands. */
const few = <T>(all: readonly T[], turn: number): T[] =>
  all.filter((_, index) => runs(10) === 10 || (index + turn) % 4 === 0);

test.each(reading.map((args, turn) => ({ args, turn })))(
  '$args reads nothing that was planted, and does not wait',
  async ({ args, turn }) => {
    for (const planted of few(allPlanted, turn)) {
      await plant();
      const { code, stdout, stderr } = await cli([...args.filter(Boolean), planted], { env });
      expect([planted, code]).toEqual([planted, expect.any(Number)]);
      expect([1, 2, 3]).toContain(code);
      expect(stdout + stderr).not.toMatch(/CANARY|internal error/);
      expect(`${stdout}${stderr}`.trim()).not.toBe('');
      await untouched();
    }
  },
);

const writing = (): string[][] => [
  ['report', report, '--format', 'markdown,json,junit', '--output'],
  ['site', report, '--output'],
  ['merge', report, '--output'],
  ['rules', 'check', '--output'],
  ['rules', 'schema', '--write'],
  ['rules', 'docs', '--write', '--directory'],
  ['init'],
  ['init', '--plans'],
  ['run', '--project', 'sec/okrs', ...nowhere, '--output'],
  ['run', '--project', 'sec/okrs', ...nowhere, '--state'],
];

test('no command writes through what was planted', async () => {
  for (const [turn, args] of writing().entries())
    for (const planted of few(
      ['link', 'linked', 'linked/new', 'dangling', 'fifo', 'fifo/x', 'file/x', '/dev/full', 'mixed'],
      turn,
    )) {
      await plant();
      const { code, stdout, stderr } = await cli([...args, planted], { env });
      expect([args, planted, code]).toEqual([args, planted, expect.any(Number)]);
      expect(stdout + stderr).not.toContain('internal error');
      await untouched();
      // What was begun is not left behind.
      const names = await readdir('.', { recursive: true });
      expect(names.filter((name) => name.includes('partial'))).toEqual([]);
    }
}, 120_000);
