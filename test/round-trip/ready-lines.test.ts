import { expect, test } from '@jest/globals';
import type { IssueFacts } from '../../src/model/rule.ts';
import { readyLines } from '../../src/plan/comment/ready-lines.ts';
import { fc, seed } from '../helpers/random.ts';
import { hostile } from '../plan/hostile.ts';
import { added, check, facts, failures, fixtureTexts, mutatedTexts, rounds, type Sample } from './texts.ts';

/** What GitLab does when somebody posts the lines in a comment. */
function posted(of: IssueFacts, lines: readonly string[]): IssueFacts {
  let result = of;
  for (const line of lines) {
    const [, command, value = ''] = /^\/(\w+) (.*)$/.exec(line) ?? [];
    if (command === 'due') result = { ...result, dueDate: value };
    if (command === 'assign') result = { ...result, assignees: [value.replace(/^@/, '')] };
    if (command === 'title') result = { ...result, title: value };
  }
  return result;
}

const fields: Readonly<Record<string, string>> = {
  '/due': 'match-issue-due-date',
  '/assign': 'require-overall-dri',
  '/title': 'match-title-format',
};

let offered = new Map<string, number>();

async function problemsOf({ kind, text, title }: Sample): Promise<string[]> {
  if (kind !== 'kr') return [];
  const problems: string[] = [];
  for (const dueDate of [null, '2026-12-31']) {
    const of = facts(title, { dueDate });
    const before = await check('kr', text, of);
    const lines = readyLines(before.findings);
    for (const line of lines) {
      const [command = ''] = line.split(' ');
      offered.set(command, (offered.get(command) ?? 0) + 1);
    }
    const after = await check('kr', text, posted(of, lines));
    const rules = new Set(lines.map((line) => fields[line.split(' ')[0] ?? '']));
    const left = after.findings.filter(({ rule }) => rules.has(rule)).map(({ message }) => message);
    const news = added(before.findings, after.findings);
    for (const problem of [
      ...left.map((message) => `still: ${message}`),
      ...news.map((key) => `new: ${key}`),
    ])
      problems.push(`${problem} ${JSON.stringify(lines)}`);
  }
  return problems;
}

const words = fc.oneof(
  fc.constantFrom('Cut alarms by 80%', 'Rotate all 120 keys', 'No (more) cases'),
  hostile,
);

/** Titles whose parts are in any order. */
function* titles(): Generator<Sample> {
  const parts = fc.tuple(
    fc.shuffledSubarray(['FY27', 'Q4', 'KR3', '(Calm Nights)'], { minLength: 4 }),
    words,
    fc.constantFrom(' ', ' - ', ': '),
  );
  const [first] = fixtureTexts(['kr']);
  const made = parts.map(([order, statement, joint]) => `${order.join(' ')}${joint}${statement}`);
  for (const title of fc.sample(made, { numRuns: rounds, seed }))
    yield { name: title, kind: 'kr', title: title.replaceAll(/[\r\n]+/g, ' '), text: first?.text ?? '' };
}

test('lines for GitLab do what they promise and add nothing', async () => {
  offered = new Map();
  expect(await failures(fixtureTexts(['kr']), problemsOf)).toEqual([]);
  expect(await failures(titles(), problemsOf)).toEqual([]);
  for (const command of Object.keys(fields))
    expect([command, (offered.get(command) ?? 0) > 0]).toEqual([command, true]);
});

test(`lines for GitLab do what they promise on mutated texts (${rounds}, SEED=${seed})`, async () => {
  expect(await failures(mutatedTexts(rounds, seed, ['kr']), problemsOf)).toEqual([]);
}, 3_600_000);
