import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { pathInside } from '../../src/files/paths.ts';
import { filesBelow, readNamed, readRegular } from '../../src/files/read.ts';
import { openForWriting, writeWhole } from '../../src/files/write.ts';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';

/** Does something with a folder as the working directory, as a job does in its checkout. */
async function inside<T>(folder: string, use: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await use();
  } finally {
    process.chdir(before);
  }
}

const fifo = (file: string) => execFileSync('mkfifo', [file]);
const secret = { 'out/secret': 'kr: TOP SECRET\n' };

describe('writing', () => {
  test.each([
    ['the target is a link', (dir: string) => symlink(`${dir}/out/secret`, `${dir}/in/report.json`)],
    [
      'the target is a link that leads nowhere',
      (dir: string) => symlink(`${dir}/out/new`, `${dir}/in/report.json`),
    ],
    ['the target is a FIFO', (dir: string) => Promise.resolve(fifo(`${dir}/in/report.json`))],
    ['the target is a folder', (dir: string) => mkdir(`${dir}/in/report.json`)],
    ['a folder on the way is a link', (dir: string) => symlink(`${dir}/out`, `${dir}/in/report`)],
  ])('%s: refused, and nothing outside changes', (what, plant) =>
    withFolder({ ...secret, 'in/x': '' }, async (dir) => {
      await plant(dir);
      const file = what.startsWith('a folder') ? 'report/new/report.json' : 'report.json';
      await inside(`${dir}/in`, async () => {
        await expect(writeWhole(file, 'mine', { from: '--output' })).rejects.toThrow(
          /^--output ".*" cannot be written: /,
        );
      });
      expect(await readdir(`${dir}/out`)).toEqual(['secret']);
      expect(await readFile(`${dir}/out/secret`, 'utf8')).toBe(secret['out/secret']);
      expect((await readdir(`${dir}/in`)).filter((name) => name.endsWith('.partial'))).toEqual([]);
    }),
  );

  test('no name of a partial file can be foreseen, and none is left behind', () =>
    withFolder({}, async (dir) => {
      const file = path.join(dir, 'a');
      const [first, second] = [await openForWriting(file), await openForWriting(file)];
      const partials = await readdir(dir);
      expect(new Set(partials).size).toBe(2);
      await first.write('first');
      await second.write('second');
      await first.discard();
      expect(await second.close()).toBe(file);
      expect(await readdir(dir)).toEqual(['a']);
      expect(await readFile(file, 'utf8')).toBe('second');
    }));

  test('a link that is planted while the file is being written is not followed either', () =>
    withFolder(secret, async (dir) => {
      const opened = await openForWriting(path.join(dir, 'a'));
      await symlink(path.join(dir, 'out/secret'), path.join(dir, 'a'));
      await opened.write('mine');
      await expect(opened.close()).rejects.toThrow('it is a link');
      expect(await readFile(path.join(dir, 'out/secret'), 'utf8')).toBe(secret['out/secret']);
    }));

  test('permissions: what is private stays so; a file that is replaced keeps its own', () =>
    withFolder({ old: 'x' }, async (dir) => {
      await writeWhole(`${dir}/private`, 'x', { mode: 0o600 });
      expect((await lstat(`${dir}/private`)).mode & 0o777).toBe(0o600);
      execFileSync('chmod', ['640', `${dir}/old`]);
      await writeWhole(`${dir}/old`, 'y');
      expect((await lstat(`${dir}/old`)).mode & 0o777).toBe(0o640);
    }));
});

describe('reading', () => {
  test.each([
    ['link', (dir: string) => symlink(`${dir}/out/secret`, `${dir}/in/kr.md`)],
    ['special', (dir: string) => Promise.resolve(fifo(`${dir}/in/kr.md`))],
    ['folder', (dir: string) => mkdir(`${dir}/in/kr.md`)],
    ['too-large', (dir: string) => writeFile(`${dir}/in/kr.md`, 'x'.repeat(101))],
    ['absent', () => Promise.resolve()],
  ] as const)('%s: refused at once', (problem, plant) =>
    withFolder({ ...secret, 'in/x': '' }, async (dir) => {
      await plant(dir);
      const read = await inside(`${dir}/in`, () => readRegular('kr.md', 100));
      expect(read).toMatchObject({ problem });
    }),
  );

  test('a linked folder below the working directory is not entered; a file of Git is never read', () =>
    withFolder({ ...secret, 'in/.git/config': 'token', 'in/x': '' }, async (dir) => {
      await symlink(`${dir}/out`, `${dir}/in/krs`);
      await inside(`${dir}/in`, async () => {
        expect(await readRegular('krs/secret')).toMatchObject({ problem: 'link' });
        expect(await readRegular('.git/config')).toMatchObject({ problem: 'git' });
        await expect(readNamed('krs/secret')).rejects.toThrow('"krs" is a link');
        expect(await filesBelow('.')).toEqual({ files: ['x'], left: ['krs'] });
        await expect(filesBelow('krs')).rejects.toThrow('is a link');
      });
    }));

  test('a file without a size of its own is read to its end, or to its bound', async () => {
    expect(await readRegular('/proc/self/status')).toHaveProperty('bytes');
    expect(await readRegular('/proc/self/status', 10)).toMatchObject({ problem: 'too-large' });
  });
});

test.each([
  ['a', true],
  ['a/b.yml', true],
  ['..a/b', true],
  ['..', false],
  ['../a', false],
  ['a/../../b', false],
  ['a/./b', false],
  ['a//b', false],
  ['/a', false],
  ['', false],
  ['a\\..\\b', false],
  ['a\u0000b', false],
  ['.git/config', false],
  ['x/.GIT/hooks', false],
])('the foreign name %j is below its folder: %j', (name, fine) => {
  expect(pathInside('/root/folder', name) !== null).toBe(fine);
});

describe('through the command line', () => {
  test('init writes through no link: what has the name of one is kept, below one nothing is made', () =>
    withFolder({ 'in/x': '', 'out/y': '' }, async (dir) => {
      const out = () => readdir(`${dir}/out`, { recursive: true });
      await mkdir(`${dir}/in/rules`);
      await symlink(`${dir}/out/planted`, `${dir}/in/rules/policy.yml`);
      const kept = await inside(`${dir}/in`, () => cli(['init']));
      expect(kept.stdout).toContain('kept  rules/policy.yml');
      expect(await out()).toEqual(['y']);
      for (const name of ['.gitlab-ci.yml', 'rules', '.gitlab']) {
        await rm(`${dir}/in`, { recursive: true });
        await mkdir(`${dir}/in`);
        await symlink(name === '.gitlab-ci.yml' ? `${dir}/out/y` : `${dir}/out`, `${dir}/in/${name}`);
        const { code, stderr } = await inside(`${dir}/in`, () => cli(['init']));
        expect([code, stderr]).toEqual([2, expect.stringContaining('link')]);
        expect(await out()).toEqual(['y']);
        expect(await readFile(`${dir}/out/y`, 'utf8')).toBe('');
      }
    }));

  test('lint shows nothing of a file that a link leads to, and --fix leaves it', () =>
    withFolder({ ...secret, 'in/x': '' }, async (dir) => {
      await symlink(`${dir}/out/secret`, `${dir}/in/kr.md`);
      const { code, stdout, stderr } = await inside(`${dir}/in`, () => cli(['lint', '--fix', 'kr.md']));
      expect(code).toBe(2);
      expect(stderr).toContain('Links are not followed');
      expect(stdout + stderr).not.toContain('TOP SECRET');
    }));

  test('a rules folder that is a link, or a template of Git, shows no line of what it leads to', () =>
    withFolder(
      { 'in/.git/config': '[x]\n token = glpat-secret\n', 'in/rules/policy.yml': '' },
      async (dir) => {
        await symlink('.git', `${dir}/in/linked`);
        await writeFile(`${dir}/in/policy.yml`, 'extends: handbook\n');
        await writeFile(`${dir}/in/kr.yml`, 'template: .git/config\n');
        for (const rules of ['linked', '.', 'linked/../linked']) {
          const { code, stdout, stderr } = await inside(`${dir}/in`, () => cli(['rules', 'check', rules]));
          expect(code).toBe(2);
          expect(stdout + stderr).not.toContain('glpat');
          expect(stdout + stderr).toMatch(/is a link|Git's own folder/);
        }
      },
    ));
});
