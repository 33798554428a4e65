import { beforeEach, expect, test } from '@jest/globals';
import type { TextEdit } from '../../src/model/finding.ts';
import { applyEdits } from '../../src/model/text-edits.ts';
import { seed } from '../helpers/random.ts';
import {
  added,
  check,
  facts,
  failures,
  fixtureTexts,
  gist,
  hostileTexts,
  mutatedTexts,
  rounds,
  type Sample,
} from './texts.ts';

/** How many texts there was something to fix in. */
let offered = 0;
beforeEach(() => {
  offered = 0;
});

/** Everything that is wrong with the fixes of one text. */
async function problemsOf({ kind, text, title }: Sample): Promise<string[]> {
  const before = await check(kind, text, facts(title));
  const edits = before.findings.flatMap(({ edit }) => (edit === null ? [] : [edit]));
  if (edits.length === 0) return [];
  offered += 1;
  const fixed = applyEdits(text, edits);
  const after = await check(kind, fixed, facts(title));
  const problems: string[] = [];
  if (fixed !== rest(text, edits)) problems.push('bytes that no fix names are changed');
  problems.push(...changed(gist(before.document), gist(after.document)));
  const news = added(before.findings, after.findings);
  if (news.length > 0) problems.push(`new findings: ${news.join(', ')}`);
  const left = after.findings.filter(({ edit }) => edit !== null);
  if (left.length > 0)
    problems.push(`it is not done at once: ${left.map(({ message }) => message).join(' ')}`);
  if (problems.length === 0) return [];
  return [
    ...problems,
    JSON.stringify(edits.map(({ place }) => text.slice(place.start.offset, place.end.offset))),
  ];
}

/** What is read otherwise than before; a text may lose words of the template, and gain none. */
function changed(before: unknown, after: unknown, path = ''): string[] {
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  if (isSame || (/text$/i.test(path) && isPart(String(after), String(before)))) return [];
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null)
    return [`${path}: read as ${JSON.stringify(before)}, then as ${JSON.stringify(after)}`];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    changed(
      (before as Record<string, unknown>)[key],
      (after as Record<string, unknown>)[key],
      `${path}/${key}`,
    ),
  );
}

/** Whether one has no words but those of the other, in the same order. */
function isPart(part: string, whole: string): boolean {
  const words = whole.split(/\s+/);
  let from = 0;
  return part.split(/\s+/).every((word) => {
    from = words.indexOf(word, from) + 1;
    return from > 0;
  });
}

/** The text without the spans, found in another way: character by character. */
function rest(text: string, edits: readonly TextEdit[]): string {
  const gone = new Set<number>();
  for (const { place } of edits)
    for (let at = place.start.offset; at < place.end.offset; at += 1) gone.add(at);
  return Array.from({ length: text.length }, (_, at) => (gone.has(at) ? '' : (text[at] as string))).join('');
}

test('a line without which the rest is read differently is left to its writer', async () => {
  const row = ['Count 3 cases | 12/04/2026 __PROJ-12 {+ a +} <summary></details> | @maya.o |', '- etc.'];
  const table = ['| What | Due date | DRI |', '|---|---|---|', '| :smile: |', '<!-- a note -->', ''];
  const text = ['## Milestones', ...table, ...row, ''].join('\n');
  const { findings } = await check('kr', text, facts('FY27 Q4 KR1 (Calm Nights) Cut false alarms by 80%'));
  const said = findings.filter(({ rule }) => rule === 'no-template-leftovers');
  expect(said.map(({ edit }) => edit)).toEqual([null]);
  expect(said.map(({ unsafeEdit }) => unsafeEdit?.text)).toEqual(['']);
});

test('one that cannot be taken out does not keep the others in', async () => {
  const row = ['Count 3 cases | 12/04/2026 __PROJ-12 {+ a +} <summary></details> | @maya.o |', '- etc.'];
  const table = ['| What | Due date | DRI |', '|---|---|---|', '| :smile: |', '<!-- a note -->', ''];
  const other = ['## Objective', 'Calm nights', '`what is the desired outcome of this KR?`', ''];
  const text = [...other, '## Milestones', ...table, ...row, ''].join('\n');
  const { findings } = await check('kr', text, facts('FY27 Q4 KR1 (Calm Nights) Cut false alarms by 80%'));
  const said = findings.filter(({ rule }) => rule === 'no-template-leftovers');
  const lineOf = (edit: TextEdit | null | undefined): number | undefined => edit?.place.start.line;
  expect(said.map(({ edit, unsafeEdit }) => [lineOf(edit), lineOf(unsafeEdit)])).toEqual([
    [3, undefined],
    [undefined, 12],
  ]);
});

test('a fix takes out what it names and nothing else: all texts of the fixtures', async () => {
  expect(await failures(fixtureTexts(), problemsOf)).toEqual([]);
  expect(offered).toBeGreaterThan(0);
});

test(`a fix takes out what it names and nothing else: mutated texts (${rounds}, SEED=${seed})`, async () => {
  expect(await failures(mutatedTexts(rounds, seed), problemsOf)).toEqual([]);
}, 3_600_000);

test(`a fix takes out what it names and nothing else: hostile fields (${rounds}, SEED=${seed})`, async () => {
  expect(await failures(hostileTexts(rounds, seed), problemsOf)).toEqual([]);
  expect(offered).toBeGreaterThan(rounds / 2);
}, 3_600_000);
