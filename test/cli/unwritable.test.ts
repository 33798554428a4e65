import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';

/** A regular file is where a folder is needed: no one can write below it, not even root. */
const files = { afile: 'mine', 'rd/policy.yml': 'extends: handbook\n' };

test.each([
  ['init', ['init', '{}/afile'], 'afile/.gitlab/ci/kr-hygiene.yml" cannot be written'],
  ['init, deeper', ['init', '{}/afile/x'], 'afile/x/.gitlab/ci/kr-hygiene.yml" cannot be written'],
  ['rules check', ['rules', 'check', '{}/rd', '--output', '{}/afile/x'], 'afile/x" cannot be written'],
  ['rules schema', ['rules', 'schema', '--write', '{}/afile'], 'cannot be written'],
  ['rules docs', ['rules', 'docs', '--directory', '{}/afile'], '--directory'],
  ['rules docs --write', ['rules', 'docs', '--write', '--directory', '{}/afile'], '--directory'],
])('%s into a place that cannot be written is the user’s to fix: exit 2, and why', (_, args, words) =>
  withFolder(files, async (folder) => {
    const { code, stderr } = await cli(args.map((arg) => arg.replace('{}', folder)));
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/a part of its path is a file|is not a folder/);
    expect(stderr).not.toMatch(/please report|\n {4}at /);
    expect(code).toBe(2);
    expect(await readFile(path.join(folder, 'afile'), 'utf8')).toBe('mine');
  }),
);

const inFolder = async (folder: string, args: string[]) => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await cli(args);
  } finally {
    process.chdir(before);
  }
};

test('rules docs says which folder it looked at; without --directory it writes into no foreign one', () =>
  withFolder({}, async (folder) => {
    const ours = await inFolder(folder, ['rules', 'docs']);
    expect(ours.stdout).toMatch(
      /^The rule documentation in kr-hygiene's own folder, "[^"]+", is up to date\.$/m,
    );
    const refused = await inFolder(folder, ['rules', 'docs', '--write']);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('add `--directory .`');
    expect((await inFolder(folder, ['rules', 'docs', '--directory', '.'])).code).toBe(1);
    const written = await inFolder(folder, ['rules', 'docs', '--write', '--directory', '.']);
    expect(written.stdout).toMatch(/^written: docs\/rules\/README\.md$/m);
    const again = await inFolder(folder, ['rules', 'docs', '--directory', '.']);
    expect([again.code, again.stdout]).toEqual([0, 'The rule documentation in "." is up to date.\n']);
  }));
