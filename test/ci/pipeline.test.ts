import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { starterPipeline } from '../../src/cli/starter-pipeline.ts';

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

test('the pipeline that init writes installs nothing that nobody named, and says what is to be named', async () => {
  const { '.kr-hygiene': first, ...jobs } = parse(starterPipeline) as Record<string, { extends?: string }> & {
    '.kr-hygiene': { variables: Record<string, string>; before_script: string[] };
  };
  expect(first.variables).toEqual({ KR_HYGIENE_PACKAGE: '' });
  // Nothing global: it is included next to the jobs of others.
  for (const job of Object.values(jobs)) expect(job.extends).toBe('.kr-hygiene');
  const script = first.before_script.join('\n').replace(/^ *npm install/m, 'echo npm install');
  const sh = (value: string) =>
    run('sh', ['-ec', script], { env: { PATH: process.env['PATH'], KR_HYGIENE_PACKAGE: value } });
  await expect(sh('')).rejects.toMatchObject({
    code: 2,
    stdout: expect.stringContaining('KR_HYGIENE_PACKAGE'),
  });
  await sh('git+https://gitlab.example.com/tools/kr-hygiene.git#0123456');
});

test('no pipeline of ours falls back to a package of a registry', async () => {
  const commands = `${await ours()}\n${await readFile(path.join(root, 'templates/kr-hygiene.yml'), 'utf8')}`;
  for (const [call] of commands.matchAll(/npx .*/g)) expect(call).toMatch(/^npx --no kr-hygiene /);
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
