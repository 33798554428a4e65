import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withoutToken } from '../../src/model/secret.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc } from '../helpers/random.ts';
import { botToken, brokenKr, perfectKr, startWorld } from '../helpers/world.ts';
import { type Call, calls } from './command-lines.ts';

/** Some in the gate; FUZZ_CLI=20000 for a whole run. */
const number = Number(process.env['FUZZ_CLI'] ?? 25);
/** Calls after which the checkout is made anew: what one has written, the next may find. */
const renewEvery = 20;

let sandbox: Sandbox;
let root: string;
const before = process.cwd();

beforeAll(async () => {
  sandbox = await startWorld([perfectKr, brokenKr]);
  root = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-fuzz-'));
  await mkdir(path.join(root, 'outside'));
  await writeFile(path.join(root, 'outside/secret'), 'extends: CANARY\n');
});
afterAll(async () => {
  process.chdir(before);
  await rm(root, { recursive: true, force: true });
  await sandbox.close();
});

/** A checkout with everything an attacker could have planted there. */
async function plant(): Promise<void> {
  process.chdir(root);
  await rm(path.join(root, 'checkout'), { recursive: true, force: true });
  for (const folder of ['rules', 'krs', '.git'])
    await mkdir(path.join(root, 'checkout', folder), { recursive: true });
  process.chdir(path.join(root, 'checkout'));
  await writeFile('rules/policy.yml', 'sources: [{ project: sec/okrs }]\n');
  await writeFile('kr.md', `---\ntitle: ${perfectKr.title}\n---\n${brokenKr.description}\n`);
  await writeFile('bad.md', '---\ntitle: [\n---\n\u0000\u009b');
  await writeFile('krs/a.md', perfectKr.description);
  await writeFile('report.json', '{"version": 1, "subjects": [');
  await writeFile('state', 'kr-hygiene state 1\n\u0000\u0001');
  await writeFile('.git/config', '[remote]\n url = CANARY\n');
  await symlink('../outside', 'linked');
  await symlink('../outside/new', 'dangling');
  execFileSync('mkfifo', ['fifo']);
}

const steers = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

async function check({ args, env, stdin }: Call): Promise<void> {
  const { code, stdout, stderr } = await cli(args, { env, stdin });
  const said = `${stdout}${stderr}`;
  expect([0, 1, 2, 3]).toContain(code);
  expect(said).not.toMatch(/internal error|\n {4}at .*:\d+/);
  expect(said.replace(colours, '')).not.toMatch(steers);
  expect(said).not.toContain('CANARY');
  for (const name of ['KR_HYGIENE_TOKEN', 'GITLAB_TOKEN'])
    if (env[name] !== undefined) expect(withoutToken(said, env[name].trim())).toBe(said);
  // What fails says why.
  if (code === 2 || code === 3) expect(said.trim()).not.toBe('');
}

test(
  'no command line shows a stack, a token or a foreign file, writes where it should not, or hangs',
  async () => {
    const call = await calls({ url: sandbox.url, token: botToken });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(call, async (one) => {
        if (made % renewEvery === 0) await plant();
        made += 1;
        await check(one);
        expect(await readdir(path.join(root, 'outside'))).toEqual(['secret']);
        expect(await readFile(path.join(root, 'outside/secret'), 'utf8')).toBe('extends: CANARY\n');
        expect((await readdir(root)).sort()).toEqual(['checkout', 'outside']);
      }),
      { numRuns: number, timeout: 300_000, endOnFailure: true },
    );
  },
  Math.max(600_000, number * 2_000),
);
