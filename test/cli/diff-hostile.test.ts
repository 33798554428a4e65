import { execFileSync } from 'node:child_process';
import { cp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { addedWords, knownSources } from '../../src/usecases/diff/sources.ts';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';
import { botToken, brokenKr, now, perfectKr, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startWorld([perfectKr, brokenKr]);
});
afterAll(() => sandbox.close());

interface Checkout {
  dir: string;
  git: (args: string[], input?: string | Buffer) => string;
  /** `diff` as the job `preview` runs it, in the checkout. */
  preview: (against: string, ...more: string[]) => ReturnType<typeof cli>;
}

/** A repository whose first commit has these rules, as a merge request finds it. */
function withCheckout(
  policy: string,
  use: (checkout: Checkout, base: string) => Promise<void>,
): Promise<void> {
  return withFolder({ 'rules/policy.yml': policy }, async (dir) => {
    const git = (args: string[], input?: string | Buffer) =>
      execFileSync('git', ['-C', dir, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        encoding: 'utf8',
        ...(input === undefined ? {} : { input }),
      }).trim();
    git(['init', '-q', '-b', 'main']);
    git(['add', '.']);
    git(['commit', '-q', '-m', 'rules']);
    const preview = async (against: string, ...more: string[]) => {
      const before = process.cwd();
      process.chdir(dir);
      try {
        const args = ['diff', '--against', against, '--now', now, '--gitlab-url', sandbox.url];
        return await cli([...args, ...more], { env: { KR_HYGIENE_TOKEN: botToken } });
      } finally {
        process.chdir(before);
      }
    };
    await use({ dir, git, preview }, git(['rev-parse', 'HEAD']));
  });
}

const policy = 'sources: [{ project: sec/okrs }]\n';

test('a folder that is called like the commit is not taken for it', () =>
  withCheckout(policy, async ({ dir, preview }, base) => {
    await writeFile(path.join(dir, 'rules/kr.yml'), 'rules: { require-okr-link: off }\n');
    for (const name of [base, base.slice(0, 8), 'main'])
      await cp(path.join(dir, 'rules'), path.join(dir, name), { recursive: true });
    for (const against of [base, base.slice(0, 8), 'main']) {
      const { code, stdout } = await preview(against);
      expect([code, stdout]).toEqual([0, expect.stringContaining('- error   require-okr-link')]);
    }
    // As a folder it has to be written as one; what is neither is said, whatever lies around.
    expect((await preview(`./${base}`)).stdout).toContain('Nothing changes');
    await cp(path.join(dir, 'rules'), path.join(dir, 'other'), { recursive: true });
    const { code, stderr } = await preview('other');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Write a folder as a path')]);
  }));

test('rules that were moved away are not compared with ours alone', () =>
  withCheckout('extends: minimal\nsources: [{ project: sec/okrs }]\n', async ({ dir, preview }, base) => {
    await rename(path.join(dir, 'rules'), path.join(dir, 'moved'));
    const { stdout } = await preview(base, '--project', 'sec/okrs', '--format', 'markdown');
    expect(stdout).toContain('There is no rules/policy.yml any more');
    expect(stdout).toContain('`require-okr-link`');
  }));

test('a rules folder that has become a link is refused', () =>
  withCheckout(policy, async ({ dir, preview }, base) => {
    await rm(path.join(dir, 'rules'), { recursive: true });
    await symlink('.git', path.join(dir, 'rules'));
    expect((await preview(base, '--rules', 'rules')).stderr).toContain('is a link');
  }));

test.each(['..', '.', '.git', 'a\nb'])('a tree with an entry %j writes nothing outside its folder', (name) =>
  withCheckout(policy, async ({ dir, git, preview }) => {
    const blob = git(['hash-object', '-w', '--stdin'], policy);
    const evil = git(['hash-object', '-w', '--stdin'], 'owned');
    const entry = (mode: string, named: string, hash: string) =>
      Buffer.concat([Buffer.from(`${mode} ${named}\0`), Buffer.from(hash, 'hex')]);
    const tree = (...entries: Buffer[]) =>
      git(['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], Buffer.concat(entries));
    const inner = tree(entry('100644', 'planted', evil));
    const rules = tree(entry('40000', name, inner), entry('100644', 'policy.yml', blob));
    const root = tree(entry('40000', 'rules', rules));
    const commit = git(['commit-tree', root, '-m', 'evil']);
    const around = async () =>
      [...(await readdir(path.dirname(dir))), ...(await readdir(dir))].filter((each) => each === 'planted');
    const { code, stderr } = await preview(commit);
    expect([code, stderr]).toEqual([2, expect.stringContaining('which is not a path below it')]);
    expect(await around()).toEqual([]);
    expect(stderr).not.toContain('\nb');
  }),
);

test('a project that only the new rules name is not read, and it is said', () =>
  withCheckout(policy, async ({ dir, preview }, base) => {
    await writeFile(
      path.join(dir, 'rules/policy.yml'),
      'sources: [{ project: sec/okrs }, { project: board/secret }, { group: sec }]\n',
    );
    sandbox.resetLog();
    for (const format of ['text', 'json', 'markdown']) {
      const { code, stdout } = await preview(base, '--format', format);
      expect([code, stdout]).toEqual([0, expect.stringContaining('board/secret, group sec')]);
    }
    expect(sandbox.requests.filter(({ path: asked }) => /secret|\/groups\//.test(asked))).toEqual([]);
    expect(sandbox.requests.length).toBeGreaterThan(0);
  }));

test.each([
  [[{ project: 'a/b' }], [{ project: 'A/B' }], 0],
  [[{ project: 12 }], [{ project: '12' }], 0],
  [[{ project: 12 }], [{ project: 13 }], 1],
  [[{ project: 'a/b' }], [{ project: 'a/bc' }], 1],
  [[{ project: 'a/b' }], [{ project: 'a/b/c' }], 1],
  [[{ group: 'a' }], [{ project: 'a/b' }], 0],
  [[{ group: 'a' }], [{ group: 'a/b' }], 0],
  [[{ group: 'a' }], [{ project: 'a' }], 1],
  [[{ group: 'a' }], [{ project: 'ab/c' }], 1],
  [[{ group: 5 }], [{ project: 5 }], 1],
  [[{ project: 5 }], [{ group: 5 }], 1],
  [[], [{ group: 5 }], 1],
])('of sources %j, %j adds %i', (before, after, number) => {
  const { sources, added } = knownSources(before, after);
  expect([sources.length, added.length]).toEqual([after.length - number, number]);
  expect(addedWords(added) === null).toBe(number === 0);
});
