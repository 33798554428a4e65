import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { examplesFolder, readTexts } from '../../bench/helpers/texts.ts';
import { compareDocument } from '../../bench/score/compare.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { cli } from '../helpers/capture-io.ts';

const practice = readTexts(examplesFolder);

describe('parse, on the practice texts that follow the template', () => {
  const faithful = practice.filter((text) => text.level === 'template');
  test.each(faithful.map((text) => [path.basename(text.file), text] as const))('%s', async (_, text) => {
    const args = ['parse', '--kind', text.kind, '--now', text.now, '--title', text.title ?? '', '-'];
    const { code, stdout } = await cli(args, { stdin: text.text });
    expect(code).toBe(0);
    const wrong = compareDocument(text.expected, JSON.parse(stdout)).filter((leaf) => !leaf.ok);
    expect(wrong).toEqual([]);
  });
});

test('parse reads a file, and says what is wrong with its name', async () => {
  const { code, stderr } = await cli(['parse', 'no-such-file.md']);
  expect(code).toBe(2);
  expect(stderr).toBe(
    '"no-such-file.md": there is no such file. Name a Markdown file, or - for standard input.\n',
  );
});

test('parse --help shows an example for a kind', async () => {
  const { code, stdout } = await cli(['parse', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('parse --kind weekly-update - < update.md');
});

test.each([
  [['parse', '--kind', 'poem'], "argument 'poem' is invalid"],
  [['parse', '--now', 'yesterday'], '--now is "yesterday"'],
  [['parse', '--now', '2026-02-30'], '--now is "2026-02-30"'],
  [['prase'], 'Did you mean parse?'],
])('%j is refused with exit code 2', async (args, words) => {
  const { code, stderr, stdout } = await cli(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
});

test('a leading --- is a rule in an issue, not front matter', async () => {
  const text = '---\ntitle: x\n---\n## Objective\nOld keys are gone.\n';
  const { code, stdout } = await cli(['parse', '--title', 'FY27 Q4 KR1 (A) b', '-'], { stdin: text });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    title: { statement: 'b' },
    objective: { text: 'Old keys are gone.', problem: null },
  });
});

test('the front matter of a page says nothing on the terminal, however odd it is', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const input = '---\ntitle: Keys\ndescription: &a: &b: x\n**Status**: y\n---\n\nText\n';
  const args = ['--import', 'tsx', path.join(root, 'src/cli.ts'), 'parse', '--kind', 'plan', '-'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ title: { text: 'Keys' } });
});

test('the title in the front matter counts, unless another is given; an offset in --now counts', async () => {
  const text =
    '---\ntitle: FY27 Q4 KR1 (A) b\n---\n## Milestones\n- [ ] Milestone 1: A Due Date: Jan 22 DRI: @ann\n';
  const own = await cli(['parse', '--now', '2026-06-23', '-'], { stdin: text });
  expect(JSON.parse(own.stdout)).toMatchObject({
    title: { statement: 'b' },
    milestones: [{ dueDate: { date: '2027-01-22' } }],
  });
  const given = await cli(['parse', '--title', 'FY26 Q4 KR1 (A) c', '-'], { stdin: text });
  expect(JSON.parse(given.stdout)).toMatchObject({ milestones: [{ dueDate: { date: '2026-01-22' } }] });
});

test('parse --batch reads many texts and names the lines it cannot read', async () => {
  const orders = [
    { id: 'a', kind: 'kr', text: '## Objective\nKeys rotate.\n', title: 'FY27 Q4 KR1 (A) b' },
    { id: 2, kind: 'weekly-update', text: '## Week of Jan 1\n', now: '2026-12-31T16:00:00-08:00' },
  ];
  const lines = [
    JSON.stringify(orders[0]),
    'no JSON',
    '',
    '{"id":"c","kind":"poem","text":""}',
    JSON.stringify(orders[1]),
  ];
  const { code, stdout, stderr } = await cli(['parse', '--batch'], { stdin: lines.join('\n') });
  expect(code).toBe(3);
  expect(stderr).toContain('2 lines could not be read');
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers).toMatchObject([
    { id: 'a', document: { kind: 'kr', objective: { text: 'Keys rotate.' } } },
    { line: 2, error: expect.stringContaining('line 2') },
    { id: 'c', line: 4, error: expect.stringContaining('kind') },
    { id: 2, document: { weekOf: { date: '2027-01-01' } } },
  ]);
});

test('parse --batch answers each line before the next has to be there', async () => {
  const asked: string[] = [];
  const answered: string[] = [];
  const io: Io = {
    stdout: (text) => answered.push(text),
    stderr: () => undefined,
    stdin: () => Promise.reject(new Error('not line by line')),
    async *stdinLines() {
      for (const id of [1, 2]) {
        asked.push(`${id} after ${answered.length}`);
        yield await Promise.resolve(JSON.stringify({ id, kind: 'kr', text: 'x' }));
      }
    },
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    color: false,
    columns: 80,
  };
  expect(await main(['node', 'kr-hygiene', 'parse', '--batch'], {}, io)).toBe(0);
  expect(asked).toEqual(['1 after 0', '2 after 1']);
  expect(answered.length).toBe(2);
});
