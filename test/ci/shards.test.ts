import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { runs } from '../helpers/random.ts';
import { botNotes, botToken, brokenKr, perfectKr, startWorld } from '../helpers/world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');

/** The component with these inputs put in, as GitLab does: into the text, before YAML is read. */
async function component(inputs: Record<string, string>): Promise<string> {
  const text = await read('templates/kr-hygiene.yml');
  const [header = '', body = ''] = text.split(/^---$/m);
  const spec = parseAllDocuments(header)[0]?.toJS() as {
    spec: { inputs: Record<string, { default: unknown }> };
  };
  return body.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = inputs[name] ?? spec.spec.inputs[name]?.default;
    return Array.isArray(value) ? JSON.stringify(value) : String(value);
  });
}

/** In the jobs `kr-hygiene` is this: the program itself, but where a file says so it is killed at its work. */
const program = (dir: string): string => `#!/usr/bin/env bash
program=(node --import "${pathToFileURL(path.join(root, 'node_modules/tsx/dist/esm/index.mjs')).href}" "${path.join(root, 'src/cli.ts')}")
if [ "$1" = run ] && [ "$SHARD" = "$(cat "${path.join(dir, 'killed')}" 2>/dev/null)" ]; then
  "\${program[@]}" "$@" & process=$!
  sleep 0.3; kill -9 $process; wait $process
  exit 137
fi
exec "\${program[@]}" "$@"
`;

async function checkout(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-shards-'));
  await mkdir(path.join(dir, 'bin'));
  await mkdir(path.join(dir, 'repo/rules'), { recursive: true });
  await writeFile(path.join(dir, 'bin/kr-hygiene'), program(dir), { mode: 0o755 });
  const policy = 'extends: handbook\nsources: [{ project: sec/okrs }]\nreminders: { new-comments: null }\n';
  await writeFile(path.join(dir, 'repo/rules/policy.yml'), policy);
  const inputs = { shards: '["1/3", "2/3", "3/3"]', apply: 'true' };
  // gitlab-ci-local empties the folder of a job before its after_script: what was made is gone (GitLab keeps it).
  const jobs = (await component(inputs)).replace(/^ {2}after_script:\n(?: {4}.*\n)+/gm, '');
  expect(jobs).not.toContain('after_script');
  await writeFile(path.join(dir, 'repo/.gitlab-ci.yml'), `stages: [test, deploy]\n${jobs}`);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: path.join(dir, 'repo') });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'first');
  return dir;
}

/** The whole pipeline, on this machine. @returns what it printed */
function pipeline(dir: string, sandbox: Sandbox, now: string): Promise<string> {
  const variables = {
    CI_PIPELINE_SOURCE: 'schedule',
    CI_COMMIT_BRANCH: 'main',
    CI_DEFAULT_BRANCH: 'main',
    CI_SERVER_URL: sandbox.url,
    KR_HYGIENE_TOKEN: botToken,
    CI_PIPELINE_CREATED_AT: now,
  };
  const tool = path.join(root, 'node_modules/gitlab-ci-local/src/index.js');
  const args = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const env = { ...process.env, PATH: `${path.join(dir, 'bin')}:${process.env['PATH']}` };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tool, '--force-shell-executor', '--shell-isolation', ...args],
      { cwd: path.join(dir, 'repo'), env, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout, stderr) => resolve(`${stdout}${stderr}`),
    );
  });
}

interface Report {
  incomplete: string[];
  shard: unknown;
  subjects: { ref: string }[];
}

// A minute on a busy machine: in the long form of the tests only.
(runs(10) < 10 ? test.skip : test)(
  'the pipeline with shards runs for real: one that is killed is named as missing, and the next night is whole',
  async () => {
    const sandbox = await startWorld(
      Array.from({ length: 9 }, (_, index) => (index % 3 === 0 ? perfectKr : brokenKr)),
    );
    const dir = await checkout();
    try {
      const report = async (): Promise<Report> =>
        JSON.parse(await readFile(path.join(dir, 'repo/report/report.json'), 'utf8')) as Report;
      await writeFile(path.join(dir, 'killed'), '2/3\n');
      const first = await pipeline(dir, sandbox, '2026-11-23T03:00:00Z');
      const partial = await report();
      expect([first.slice(-2_000), partial.incomplete]).toEqual([
        expect.anything(),
        [expect.stringContaining('shard 2/3 is missing')],
      ]);
      expect(partial.subjects.length).toBeLessThan(9);
      await rm(path.join(dir, 'killed'));
      await pipeline(dir, sandbox, '2026-11-24T03:00:00Z');
      const whole = await report();
      expect([whole.incomplete, whole.shard, whole.subjects.length]).toEqual([[], null, 9]);
      const comments = Array.from({ length: 9 }, (_, index) => botNotes(sandbox, index + 1).length);
      expect(comments).toEqual([0, 1, 1, 0, 1, 1, 0, 1, 1]);
    } finally {
      await rm(dir, { recursive: true, force: true });
      await sandbox.close();
    }
  },
);
