import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';

const include = 'include:\n  - local: .gitlab/ci/kr-hygiene.yml\n';

describe('init', () => {
  test('writes what a team starts with, and what it writes is right', () =>
    withFolder({}, async (folder) => {
      const { code, stdout } = await cli(['init', folder]);
      expect(code).toBe(0);
      expect(await readFile(path.join(folder, '.gitlab-ci.yml'), 'utf8')).toBe(include);
      expect(stdout).toContain('wrote');
      const check = await cli(['rules', 'check', '--rules', path.join(folder, 'rules')]);
      expect([check.code, check.stderr]).toEqual([0, '']);
      expect((await cli(['rules', 'test', '--rules', path.join(folder, 'rules')])).code).toBe(0);
    }));

  test('keeps what is there, and adds one line to a pipeline', () =>
    withFolder({ '.gitlab-ci.yml': 'build:\n  script: make\n' }, async (folder) => {
      await mkdir(path.join(folder, 'rules'));
      await writeFile(path.join(folder, 'rules/policy.yml'), 'extends: minimal\n');
      const { stdout } = await cli(['init', folder]);
      expect(await readFile(path.join(folder, 'rules/policy.yml'), 'utf8')).toBe('extends: minimal\n');
      expect(stdout).toContain(`kept  ${path.join(folder, 'rules/policy.yml')}`);
      const pipeline = await readFile(path.join(folder, '.gitlab-ci.yml'), 'utf8');
      expect(pipeline).toBe(`build:\n  script: make\n\n${include}`);
      expect((await cli(['init', folder])).stdout).toContain('includes it already');
      expect(await readFile(path.join(folder, '.gitlab-ci.yml'), 'utf8')).toBe(pipeline);
    }));

  test.each([
    ['an include of its own', 'include: other.yml\n'],
    ['no YAML', 'build: [\n'],
    ['two documents', 'spec:\n  inputs: {}\n---\nbuild: { script: make }\n'],
  ])('a pipeline with %s is kept, and it is said what to add', (_, text) =>
    withFolder({ '.gitlab-ci.yml': text }, async (folder) => {
      const { code, stdout } = await cli(['init', folder]);
      expect(code).toBe(0);
      expect(stdout).toContain('  - local: .gitlab/ci/kr-hygiene.yml');
      expect(await readFile(path.join(folder, '.gitlab-ci.yml'), 'utf8')).toBe(text);
    }),
  );

  test('--from fills in where to look', () =>
    withFolder({}, async (folder) => {
      const { stdout } = await cli([
        'init',
        folder,
        '--from',
        'https://gitlab.example.com/groups/acme/security/',
      ]);
      const policy: unknown = parse(await readFile(path.join(folder, 'rules/policy.yml'), 'utf8'));
      expect(policy).toMatchObject({ sources: [{ group: 'acme/security' }] });
      expect(stdout).toContain('kr-hygiene run --gitlab-url https://gitlab.example.com');
      const wrong = await cli(['init', folder, '--from', 'https://gitlab.example.com']);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--from is')]);
    }));

  test('a dangling link is not written through', () =>
    withFolder({}, async (folder) => {
      await mkdir(path.join(folder, 'rules'));
      await symlink(path.join(folder, 'elsewhere'), path.join(folder, 'rules/kr.yml'));
      await cli(['init', folder]);
      await expect(readFile(path.join(folder, 'elsewhere'))).rejects.toThrow('ENOENT');
    }));
});
