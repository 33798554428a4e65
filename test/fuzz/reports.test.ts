import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc } from '../helpers/random.ts';
import { botToken, brokenKr, now, perfectKr, startWorld } from '../helpers/world.ts';

/** Reports come from artifacts, and anyone who writes them may write anything: FUZZ_REPORTS=2000 for a whole run. */
const number = Number(process.env['FUZZ_REPORTS'] ?? 10);

let sandbox: Sandbox;
let root: string;
let report: unknown;

beforeAll(async () => {
  sandbox = await startWorld([perfectKr, brokenKr, { ...brokenKr, confidential: true }]);
  root = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-reports-'));
  const args = [
    'run',
    '--project',
    'sec/okrs',
    '--now',
    now,
    '--gitlab-url',
    sandbox.url,
    '--shard',
    '1/1',
    '--format',
    'json',
  ];
  report = JSON.parse((await cli(args, { env: { KR_HYGIENE_TOKEN: botToken } })).stdout);
  expect(JSON.stringify(report)).toContain('"milestones":[{');
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await sandbox.close();
});

const values: unknown[] = [
  '../../outside',
  '/outside',
  '..',
  'FY27-Q4/../../outside',
  '__proto__',
  'constructor',
  'FY99-Q9',
  'fy27-q4',
  'FY00-Q1',
  'javascript:alert(1)',
  '"><script>alert(1)</script>',
  "' onload=alert(1) x='",
  '</title><svg onload=alert(1)>',
  ']]>',
  '<!--',
  '\u001b[2J',
  '\u202e',
  '\u2028',
  '\ud800',
  'x'.repeat(5000),
  '=cmd|calc',
  '@all',
  '\n/close\n',
  '',
  '|',
  '`',
  '2026-02-30',
  '9999-99-99',
  '+275760-09-13',
  'nonsense',
  -1,
  1e308,
  0.5,
  1e21,
  null,
  true,
  [],
  {},
  [[]],
];

/** Places of all values in a JSON tree. */
function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [at, ...entries.flatMap(([key, item]) => placesIn(item, [...at, key]))];
}

function put(tree: unknown, at: readonly (string | number)[], value: unknown): void {
  const above = at
    .slice(0, -1)
    .reduce((here, key) => (here as Record<string, unknown> | undefined)?.[key], tree);
  const key = at.at(-1);
  if (typeof above === 'object' && above !== null && key !== undefined && key in above)
    (above as Record<string | number, unknown>)[key] = structuredClone(value);
}

const steers = /(?![\n\t\r])[\p{Cc}\p{Bidi_Control}]/u;

test(
  'whatever a report holds, its pages stay in their folder and are inert, and no command fails over it',
  async () => {
    const places = placesIn(report).filter((at) => at.length > 0);
    const changes = fc.array(fc.tuple(fc.constantFrom(...places), fc.constantFrom(...values)), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const hostile = structuredClone(report);
        for (const [at, value] of changed) put(hostile, at, value);
        await rm(root, { recursive: true, force: true });
        await mkdir(path.join(root, 'a/b'), { recursive: true });
        const file = path.join(root, 'a/b/report.json');
        await writeFile(file, JSON.stringify(hostile));
        const output = path.join(root, 'a/b/site');
        for (const args of [
          ['site', file, '--output', output],
          ['report', file, '--format', 'junit,openmetrics,markdown,csv,text'],
          ['report', file, '--format', 'json'],
          ['pings', file, '--days', '60'],
          ['plan-shards', file],
          ['rules', 'list', '--report', file],
          ['merge', file, '--output', path.join(root, 'a/b/merged')],
        ]) {
          const { code, stdout, stderr } = await cli(args);
          expect([0, 2, 3]).toContain(code);
          expect(stderr).not.toMatch(/internal error|\n {4}at /);
          expect(stderr.length).toBeLessThan(3000);
          expect(stdout + stderr).not.toMatch(steers);
        }
        expect((await readdir(root)).concat(await readdir(path.join(root, 'a')))).toEqual(['a', 'b']);
        expect(
          (await readdir(path.join(root, 'a/b'))).filter((name) => !['site', 'merged'].includes(name)),
        ).toEqual(['report.json']);
        for (const name of await readdir(output, { recursive: true }).catch(() => [])) {
          if (!/\.(?:html|svg)$/.test(name)) continue;
          const page = await readFile(path.join(output, name), 'utf8');
          expect(page).not.toMatch(
            /<script(?! defer="" src="(?:\.\.\/)?site\.js"><\/script>)|<svg[^>]*\sonload|href="(?:javascript|data|vbscript):/i,
          );
          expect(page).not.toMatch(steers);
        }
      }),
      { numRuns: number, endOnFailure: true },
    );
  },
  Math.max(60_000, number * 3_000),
);
