import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { cli } from '../helpers/capture-io.ts';
import {
  change,
  cleanFolder,
  type Pages,
  removeFolders,
  temporaryFolder,
  writeFolder,
} from '../helpers/plan-folder.ts';

afterAll(removeFolders);

const index = (folder: string) => readFile(path.join(folder, '_index.md'), 'utf8');
const write = (folder: string) => cli(['plans', 'index', '--write', folder]);

async function rulesAbout(folder: string): Promise<string[]> {
  const { stdout } = await cli(['lint', '--kind', 'plan', '--format', 'json', folder]);
  const { subjects } = JSON.parse(stdout) as { subjects: { findings: { rule: string }[] }[] };
  return subjects
    .flatMap(({ findings }) => findings.map(({ rule }) => rule))
    .filter((rule) => /row/.test(rule));
}

test('a table that fell behind is brought up to date, and then stays byte for byte', async () => {
  const pages = await cleanFolder();
  pages.set('plan-01-devices.md', pages.get('plan-01.md') ?? '');
  pages.delete('plan-01.md');
  pages.delete('plan-07.md');
  change(pages, '_index.md', '| [Plan 4](/handbook/security/planning/plan-04/) | |\n', '');
  change(pages, 'plan-08.md', 'title: "Plan 8"', 'title: "Plan 8 | *new*"');
  const folder = await writeFolder(pages);
  const dry = await cli(['plans', 'index', folder]);
  expect(dry.code).toBe(1);
  expect(await index(folder)).toBe(pages.get('_index.md'));
  expect(await rulesAbout(folder)).not.toEqual([]);

  expect((await write(folder)).code).toBe(0);
  const first = await index(folder);
  expect(first).toContain(
    '| [Plan 1](/handbook/security/planning/plan-01-devices/) | [Notes](https://example.com/0) |',
  );
  expect(first).toContain('| [Plan 8 \\| \\*new\\*](/handbook/security/planning/plan-08/) | |');
  expect(first).toContain('| [Plan 4](/handbook/security/planning/plan-04/) | |\n\n<!-- plans:end -->');
  expect(first).not.toContain('plan-07/');
  expect(await rulesAbout(folder)).toEqual([]);

  const again = await write(folder);
  expect(again.stdout).toContain('is up to date');
  expect(await index(folder)).toBe(first);
  // Nothing but the table and the marks has changed.
  const before = (pages.get('_index.md') ?? '').split('| Plan | Other')[0];
  expect(first.startsWith(before?.trimEnd() ?? '-')).toBe(true);
});

test('a table that is right only gets its marks', async () => {
  const pages = await cleanFolder(6);
  const folder = await writeFolder(pages);
  await write(folder);
  const marks = /<!-- plans:(?:start -->\n\n|end -->)/g;
  expect((await index(folder)).replace(marks, '').trimEnd()).toBe(pages.get('_index.md')?.trimEnd());
});

test.each([
  ['no table', 'Text without a line end', 'Text without a line end\n\n## Plans\n\n<!-- plans:start -->\n'],
  ['an empty page', '', '## Plans\n\n<!-- plans:start -->\n'],
  [
    'marks and nothing between them',
    '<!-- plans:start -->\n<!-- plans:end -->\nAfter\n',
    '<!-- plans:start -->\n\n| Plan |',
  ],
  [
    'line ends of Windows',
    '# P\r\n\r\n| Plan | More |\r\n|--|--|\r\n',
    '# P\r\n\r\n<!-- plans:start -->\r\n\r\n| Plan | More |\r\n|--|--|\r\n| [',
  ],
])('%s', async (_name, before, begins) => {
  const pages: Pages = new Map([
    ['_index.md', before],
    ['b.md', '---\ntitle: Second\n---\n'],
    ['a/index.md', '---\ntitle: First\n---\n'],
    ['d.md', '---\ntitle: Draft\ndraft: true\n---\n'],
  ]);
  const folder = await writeFolder(pages);
  expect((await write(folder)).code).toBe(0);
  const text = await index(folder);
  expect(text.startsWith(begins)).toBe(true);
  expect(text).toMatch(
    /\[First\]\(a\/index\.md\) \| \|\r?\n\| \[Second\]\(b\.md\) \| \|\r?\n\r?\n<!-- plans:end -->/,
  );
  expect(text).not.toContain('Draft');
  await write(folder);
  expect(await index(folder)).toBe(text);
});

test('rows that lead elsewhere, and all columns but the first, are people’s own', async () => {
  const table = [
    '| Plan | Notes | Who |',
    '|:--|--|--:|',
    '| [Old name](a.md) | `x \\| y` **z** | @ann |',
    '| [Elsewhere](https://example.com/plan) | kept | |',
    '| [Gone](gone.md) | lost | |',
  ];
  const folder = await writeFolder(
    new Map([
      ['README.md', `${table.join('\n')}\n`],
      ['a.md', '# New name\n'],
    ]),
  );
  const { stdout } = await write(folder);
  expect(stdout).toContain('removed: | [Gone](gone.md) | lost | |');
  const text = await readFile(path.join(folder, 'README.md'), 'utf8');
  expect(text).toContain(
    '| [New name](a.md) | `x \\| y` **z** | @ann |\n| [Elsewhere](https://example.com/plan) | kept | |\n',
  );
});

test('what cannot be decided is refused, and nothing is written', async () => {
  const two = '| Plan |\n|--|\n| [A](a.md) |\n\n| Plan |\n|--|\n| [A](a.md) |\n';
  for (const text of [two, '<!-- plans:start -->\n', '<!-- plans:end -->\n<!-- plans:start -->\n']) {
    const folder = await writeFolder(
      new Map([
        ['_index.md', text],
        ['a.md', '# A\n'],
      ]),
    );
    const { code, stderr } = await write(folder);
    expect(code).toBe(2);
    expect(stderr).toContain('<!-- plans:start -->');
    expect(await index(folder)).toBe(text);
  }
  const bare = await temporaryFolder();
  await writeFile(path.join(bare, 'a.md'), '# A\n');
  expect((await write(bare)).stderr).toContain('plans.index');
});
