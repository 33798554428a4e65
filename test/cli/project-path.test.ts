import path from 'node:path';
import { expect, test } from '@jest/globals';
import { projectPath } from '../../src/cli/project-path.ts';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';

test.each([
  ['/builds/okrs/kr/f2.md', 'kr/f2.md'],
  ['./kr/f2.md', 'kr/f2.md'],
  ['kr/../kr//f2.md', 'kr/f2.md'],
  ['../okrs/kr/f2.md', 'kr/f2.md'],
  ['kr/f2.md', 'kr/f2.md'],
  ['../other/f2.md', '../other/f2.md'],
  ['/builds/other/f2.md', '../other/f2.md'],
  ['<stdin>', '<stdin>'],
  ['handbook:kr.yml', 'handbook:kr.yml'],
])('%s is %s for a Code Quality report', (file, expected) => {
  expect(projectPath(file, '/builds/okrs')).toBe(expected);
});

interface Issue {
  fingerprint: string;
  location: { path: string };
}

test.each([
  ['lint', ['lint', '--format', 'codequality'], 'kr/f2.md', ''],
  ['rules check', ['rules', 'check', '--format', 'codequality'], 'rd/policy.yml', 'rd'],
])('%s names files from the root of the project, however they were given', (_, command, wanted, dir) =>
  withFolder({ 'kr/f2.md': '# x', 'rd/policy.yml': 'extends: handbook\nfoo: 1\n' }, async (folder) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const root = process.cwd();
      const given = dir === '' ? wanted : dir;
      const spellings = [given, `./${given}`, path.join(root, given), `../${path.basename(root)}/${given}`];
      const seen = new Set<string>();
      for (const spelling of spellings) {
        const { stdout } = await cli([...command, spelling]);
        const issues = JSON.parse(stdout) as Issue[];
        expect([...new Set(issues.map(({ location }) => location.path))]).toEqual([wanted]);
        seen.add(issues.map(({ fingerprint }) => fingerprint).join());
      }
      expect(seen.size).toBe(1);
    } finally {
      process.chdir(before);
    }
  }),
);
