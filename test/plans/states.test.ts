import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';
import { removeFolders, writeFolder } from '../helpers/plan-folder.ts';

afterAll(removeFolders);

const page = (title: string, status: string | null, more = '') =>
  `---\ntitle: ${title}\n${status === null ? '' : `status: ${status}\n`}${more}---\n\nEpic: sec&${title.length}\n`;

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=ann', '-c', 'user.email=ann@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  });

test('a merge request that skips a step is told so, at its line', async () => {
  const folder = await writeFolder(
    new Map([
      ['a.md', page('A', 'draft')],
      ['b.md', page('Bb', 'In Review')],
      ['c.md', page('Ccc', null)],
      ['deep/d e.md', page('Dddd', 'draft')],
    ]),
  );
  git(folder, 'init', '-q');
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'Plans');
  const base = git(folder, 'rev-parse', 'HEAD').trim();
  await writeFile(path.join(folder, 'a.md'), page('A', 'merged'));
  await writeFile(path.join(folder, 'b.md'), page('Bb', 'accepted'));
  await writeFile(path.join(folder, 'c.md'), page('Ccc', 'implemented'));
  await writeFile(path.join(folder, 'deep/d e.md'), page('Dddd', 'superseded'));
  await writeFile(path.join(folder, 'new.md'), page('Eeeee', 'issues created'));
  const lint = (args: string[], env: Record<string, string> = {}) =>
    cli(['lint', '--kind', 'plan', '--format', 'json', ...args, folder], { env });
  const { stdout } = await lint(['--base', base]);
  const { subjects } = JSON.parse(stdout) as {
    subjects: {
      ref: string;
      findings: { rule: string; message: string; place: { start: { line: number } } }[];
    }[];
  };
  const found = subjects.flatMap(({ ref, findings }) =>
    findings
      .filter(({ rule }) => rule === 'no-skipped-plan-step')
      .map(({ message, place }) => `${path.basename(ref)}:${place.start.line} ${message}`),
  );
  expect(found).toEqual([
    'a.md:3 The plan goes from “draft” to “merged” and leaves out “in review”.',
    'new.md:3 The plan is new and says “issues created”, which leaves out “in review” and “merged”.',
  ]);
  // In a pipeline the commit is known; one that is not in the clone is told, and the rest goes on.
  expect((await lint([], { CI_MERGE_REQUEST_DIFF_BASE_SHA: base })).stdout).toContain('no-skipped-plan-step');
  const gone = await lint([], { CI_MERGE_REQUEST_DIFF_BASE_SHA: '0'.repeat(40) });
  expect(gone.stderr).toContain('GIT_DEPTH');
  expect(gone.code).toBe(0);
  for (const wrong of ['0'.repeat(40), '--help', 'a\nb'])
    expect((await lint([`--base=${wrong}`])).code).toBe(2);
});

test('plans list says where each plan is, as written or derived', async () => {
  const folder = await writeFolder(
    new Map([
      ['_index.md', '# Plans\n'],
      ['a.md', page('A', 'Ready for review')],
      ['b.md', page('Bb', null)],
      ['c.md', page('Ccc', null, 'draft: true\n')],
      ['d.md', page('Dddd', null, 'superseded-by: a.md\n')],
      ['e.md', page('Eeeee', 'our own word')],
    ]),
  );
  const { stdout } = await cli(['plans', 'list', '--format', 'json', folder]);
  const plans = JSON.parse(stdout) as { state: string; from: string }[];
  expect(plans.map(({ state, from }) => `${state} ${from}`)).toEqual([
    'in-review written',
    'merged derived',
    'draft derived',
    'superseded written',
    'merged derived',
  ]);
  expect((await cli(['plans', 'list', folder])).stdout).toMatch(/^in-review +\S+a\.md +sec&1 +A$/m);
});
