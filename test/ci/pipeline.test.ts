import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { starterPipeline } from '../../src/cli/starter-pipeline.ts';
import { plansPipelineFile, starterPlans } from '../../src/cli/starter-plans.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-ci-'));
  await run('git', ['init', '-q'], { cwd: dir });
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

interface Job {
  name: string;
  when: string;
}

/** The jobs of a pipeline file that would run, after GitLab's own CI schema was held against it. */
async function jobs(text: string, source: string): Promise<string[]> {
  await writeFile(path.join(dir, '.gitlab-ci.yml'), text);
  const tool = path.join(root, 'node_modules/gitlab-ci-local/src/index.js');
  const variables = [
    `CI_PIPELINE_SOURCE=${source}`,
    'CI_COMMIT_BRANCH=main',
    'CI_DEFAULT_BRANCH=main',
    'KR_HYGIENE_TOKEN=x',
  ];
  const args = [tool, '--list-json', ...variables.flatMap((one) => ['--variable', one])];
  const { stdout } = await run(process.execPath, args, { cwd: dir });
  const list = JSON.parse(stdout.slice(stdout.search(/^\[$/m))) as Job[];
  return list.filter((job) => job.when !== 'never').map((job) => job.name);
}

interface Spec {
  inputs: Record<string, { default: unknown }>;
}

function specOf(text: string): Spec {
  const [header] = parseAllDocuments(text);
  if (header === undefined) throw new Error('the component has no header');
  return (header.toJS() as { spec: Spec }).spec;
}

const ours = (): Promise<string> => readFile(path.join(root, '.gitlab-ci.yml'), 'utf8');

test('the schedule runs the bot, publishes the dashboard, and nothing else', async () => {
  expect(await jobs(await ours(), 'schedule')).toEqual(['kr-hygiene', 'pages']);
});

test('a push to the default branch runs the tests on every Node version', async () => {
  expect(await jobs(await ours(), 'push')).toEqual(['test: [20]', 'test: [22]', 'test: [24]']);
});

test('the pipeline that init writes is one', async () => {
  expect(await jobs(starterPipeline, 'schedule')).toEqual(['kr-hygiene']);
});

test('the pipeline that init writes shows in a merge request what a change of the rules would do', () => {
  const { 'kr-hygiene preview': preview } = parse(starterPipeline) as {
    'kr-hygiene preview': { rules: { if: string; changes: string[] }[]; script: string[] };
  };
  expect(preview.rules).toEqual([
    expect.objectContaining({
      if: expect.stringContaining('merge_request_event'),
      changes: ['rules/**/*'],
    }),
  ]);
  expect(preview.script.join('\n')).toContain('diff --against "$CI_MERGE_REQUEST_DIFF_BASE_SHA"');
});

test('the pipeline that init writes installs nothing that no one named, and says what is to be named', async () => {
  const { '.kr-hygiene': first, ...jobs } = parse(starterPipeline) as Record<string, { extends?: string }> & {
    '.kr-hygiene': { variables: Record<string, string>; before_script: string[] };
  };
  expect(first.variables).toEqual({ KR_HYGIENE_PACKAGE: '' });
  // Nothing global: it is included next to the jobs of others.
  for (const job of Object.values(jobs)) expect(job.extends).toBe('.kr-hygiene');
  const script = first.before_script.join('\n').replace(/\b(npm|git|ln|cd) /g, 'echo $1 ');
  const sh = (value: string) =>
    run('sh', ['-ec', script], { env: { PATH: process.env['PATH'], KR_HYGIENE_PACKAGE: value } });
  await expect(sh('')).rejects.toMatchObject({
    code: 2,
    stdout: expect.stringContaining('KR_HYGIENE_PACKAGE'),
  });
  expect((await sh('https://gitlab.example.com/kr-hygiene-1.2.3.tgz')).stdout).toBe(
    'npm install --global --ignore-scripts --no-audit --no-fund https://gitlab.example.com/kr-hygiene-1.2.3.tgz\n',
  );
  const { stdout } = await sh('git+https://gitlab.example.com/tools/kr-hygiene.git#0123456');
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'git clone --quiet https://gitlab.example.com/tools/kr-hygiene.git /tmp/kr-hygiene',
    'git -C /tmp/kr-hygiene checkout --quiet --detach 0123456',
    'cd /tmp/kr-hygiene',
    'npm ci --ignore-scripts --no-audit --no-fund',
  ]);
});

/** Everything that installs packages where a token may be in the environment. */
async function installers(): Promise<[string, string][]> {
  const files = ['.gitlab-ci.yml', 'templates/kr-hygiene.yml', '.ci/run', '.ci/pack', 'Containerfile'];
  const texts = files.map(
    async (file): Promise<[string, string]> => [file, await readFile(path.join(root, file), 'utf8')],
  );
  const plans = (await starterPlans('planning')).map(({ path: file, text }): [string, string] => [
    file,
    text,
  ]);
  return [...(await Promise.all(texts)), ['init', starterPipeline], ...plans];
}

test('no pipeline of ours runs install scripts of packages, or falls back to a package of a registry', async () => {
  const seen: string[] = [];
  for (const [file, text] of await installers()) {
    for (const [call] of text.matchAll(/\bnpm (?:ci|i|install|add|exec|link|rebuild)\b.*/g)) {
      seen.push(file);
      expect([file, call]).toEqual([file, expect.stringMatching(/ --ignore-scripts(?: |$)/)]);
    }
    for (const [call] of text.matchAll(/\bnpx .*/g))
      expect([file, call]).toEqual([file, expect.stringMatching(/^npx --no kr-hygiene /)]);
  }
  expect(new Set(seen)).toEqual(
    new Set([
      '.gitlab-ci.yml',
      'templates/kr-hygiene.yml',
      '.ci/run',
      '.ci/pack',
      'Containerfile',
      'init',
      plansPipelineFile,
    ]),
  );
});

test('an error in a pipeline would be noticed', async () => {
  const broken = (await ours()).replace('resource_group: kr-hygiene', 'resource_group: [1]');
  await expect(jobs(broken, 'schedule')).rejects.toThrow(/resource_group/);
});

test('the component declares every input it uses', async () => {
  const text = await readFile(path.join(root, 'templates/kr-hygiene.yml'), 'utf8');
  const spec = specOf(text);
  const used = [...text.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map((match) => match[1]);
  expect(new Set(used)).toEqual(new Set(Object.keys(spec.inputs)));
});

/** The component with the defaults of its inputs put in, as GitLab puts them in: into the text, before YAML is read. */
async function filledIn(): Promise<string> {
  const text = await readFile(path.join(root, 'templates/kr-hygiene.yml'), 'utf8');
  const [header, body] = text.split(/^---$/m) as [string, string];
  const spec = specOf(header);
  return body.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = spec.inputs[name]?.default;
    return Array.isArray(value) ? JSON.stringify(value) : String(value);
  });
}

test('the component, with its inputs filled in, is a valid pipeline', async () => {
  expect(await jobs(await filledIn(), 'schedule')).toEqual(['kr-hygiene: [1/1]', 'kr-hygiene report']);
});

test('a commit that is no release names no package that somebody else could own', async () => {
  const { inputs } = specOf(await readFile(path.join(root, 'templates/kr-hygiene.yml'), 'utf8'));
  expect([inputs['version']?.default, inputs['project']?.default]).toEqual(['', '']);
});

test('a tag is released only where everything names its version and this project', async () => {
  const copy = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-release-'));
  for (const file of [
    '.ci/check-release.js',
    'package.json',
    'package-lock.json',
    'templates/kr-hygiene.yml',
  ])
    await cp(path.join(root, file), path.join(copy, file));
  await writeFile(path.join(copy, 'CHANGELOG.md'), '## 9.8.7\n');
  const check = (...args: string[]) =>
    run(process.execPath, ['.ci/check-release.js', ...args], { cwd: copy });
  await expect(check('9.8.7', 'tools/kr-hygiene')).rejects.toThrow(/package.json says/);
  await check('--write', '9.8.7', 'tools/kr-hygiene');
  await check('9.8.7', 'tools/kr-hygiene');
  await expect(check('9.8.7', 'elsewhere/kr-hygiene')).rejects.toThrow(/tools\/kr-hygiene/);
  await rm(copy, { recursive: true });
});

interface Variables {
  variables?: Record<string, unknown>;
}

test.each([
  ['our own pipeline', ours],
  ['the component', filledIn],
  ['the pipeline that init writes', () => Promise.resolve(starterPipeline)],
])('every variable of %s is a string: GitLab refuses a boolean', async (_, read) => {
  const whole = parse(await read()) as Variables & Record<string, Variables | undefined>;
  const sets = [whole, ...Object.values(whole)].map((part) => part?.variables ?? {});
  const values = sets.flatMap((set) => Object.entries(set));
  expect(values.length).toBeGreaterThan(0);
  for (const [name, value] of values) expect([name, typeof value]).toEqual([name, 'string']);
});
