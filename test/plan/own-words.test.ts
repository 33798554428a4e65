import { describe, expect, test } from '@jest/globals';
import type { KrMilestone } from '../../src/model/document.ts';
import type { Finding, Proposal } from '../../src/model/finding.ts';
import { correctedLines, corrections } from '../../src/plan/comment/corrections.ts';
import { fc, runs } from '../helpers/random.ts';
import { kr, reader } from '../parse/helpers.ts';
import { aFinding, anIssue, plan } from './helpers.ts';

/** What is in the fields of a milestone; null: the field is not there at all. */
interface Values {
  description: string | null;
  date: string | null;
  dri: string | null;
}

const good = { description: 'Alarm rules reviewed', date: '2026-12-11', dri: '@maya.o' };

const labelled = (label: (name: string) => string, { description, date, dri }: Values, joint: string) =>
  [
    ...(description === null ? [] : [`${label('Description')} ${description}`]),
    ...(date === null ? [] : [`${label('Due Date')} ${date}`]),
    ...(dri === null ? [] : [`${label('DRI')} ${dri}`]),
  ].join(joint);

const plain = (name: string) => `${name}:`;
const bold = (name: string) => `**${name}:**`;

interface Form {
  name: string;
  write(this: void, values: Values): string;
  /** A field that is missing has no place to be put in. */
  fixed?: boolean;
}

const other = '- [ ] Milestone 2: Description: Shifts trained Due Date: 2027-01-15 DRI: @tom-b';
const otherHeading =
  '### Milestone 2: Shifts trained\n\n- Description: Shifts trained\n- Due Date: 2027-01-15\n- DRI: @tom-b';

const forms: Form[] = [
  {
    name: 'the template’s item',
    write: (values) => `- [ ] Milestone 1: ${labelled(plain, values, ' ')}\n${other}`,
  },
  {
    name: 'bold labels',
    write: (values) => `* [x] **Milestone 1:** ${labelled(bold, values, ', ')}\n${other}`,
  },
  {
    name: 'the colon behind the bold label',
    write: (values) => `1. Milestone 1: ${labelled((name) => `**${name}**:`, values, ' ')}\n`,
  },
  {
    name: 'a table',
    write: ({ description, date, dri }) =>
      `| # | What | Due date | Owner | Status |\n|---|---|---|---|---|\n| 1 | ${description ?? ''} | ${date ?? ''} | ${dri ?? ''} | open |\n| 2 | Shifts \\| nights | 2027-01-15 | @tom-b | open |`,
  },
  {
    name: 'a table without outer pipes',
    write: ({ description, date, dri }) =>
      `No | What | Due date | Owner | Note\n---|---|---|---|---\n1 | ${description ?? ' '} | ${date ?? ''}|${dri ?? ''} | a \`b\` c\n2 | Shifts | 2027-01-15 | @tom-b | -`,
  },
  {
    name: 'a heading with bullets',
    write: (values) => `### Milestone 1\n\n- ${labelled(plain, values, '\n- ')}\n\n${otherHeading}`,
  },
  {
    name: 'a heading with bold bullets',
    write: (values) => `### Milestone 1\n* ${labelled(bold, values, '\n* ')}\n\n${otherHeading}`,
  },
  {
    name: 'an item with bullets beneath',
    write: (values) => `- [ ] Milestone 1:\n  - ${labelled(plain, values, '\n  - ')}\n${other}`,
  },
  {
    name: 'an item with indented lines',
    write: (values) => `- [ ] Milestone 1:\\\n  ${labelled(plain, values, '\\\n  ')}\n${other}`,
  },
  {
    name: 'a nested item',
    write: (values) => `- Phase one\n  - [ ] Milestone 1: ${labelled(plain, values, ' ')}\n  ${other}`,
  },
];

const faults: { field: keyof Values; rule: string }[] = [
  { field: 'description', rule: 'require-milestone-description' },
  { field: 'date', rule: 'require-milestone-due-date' },
  { field: 'dri', rule: 'require-milestone-dri' },
];

const linesFor = (...of: Parameters<typeof corrections>): string[] => correctedLines(corrections(...of));

const section = (body: string) => `## Objective\nCalm nights\n\n## Milestones\n${body}\n`;

const gist = ({ label, description, dueDate, dris, state }: KrMilestone) => ({
  label,
  description,
  date: dueDate.date,
  dris,
  state,
});

/** What each rule proposes, as if it knew the value. */
const proposed: Record<string, Proposal> = {
  'require-milestone-description': { field: 'description', value: good.description },
  'require-milestone-due-date': { field: 'due-date', value: good.date },
  'require-milestone-dri': { field: 'dri', value: good.dri },
  'no-overdue-milestone': { field: 'due-date', value: '2026-12-11', behindOld: true },
};

const onMilestone = (rule: string, index = 0, changes: Partial<Finding> = {}): Finding =>
  aFinding({
    rule,
    subject: { part: 'milestone', index, label: `Milestone ${index + 1}` },
    ...(proposed[rule] === undefined ? {} : { proposals: [proposed[rule]] }),
    ...changes,
  });

const findingsOn = (rules: readonly string[]): Finding[] => rules.map((rule) => onMilestone(rule));

/** The text with the lines of its first milestone replaced by the corrected ones. */
function pasted(source: string, rules: readonly string[]): { lines: string[]; text: string } {
  const document = kr(source);
  const lines = linesFor(document, findingsOn(rules), reader.template('kr'), source);
  const { start, end } = (document.milestones[0] as KrMilestone).place;
  const all = source.split('\n');
  const text = [
    ...all.slice(0, start.line - 1),
    ...lines,
    ...all.slice(end.line - (end.column === 1 ? 1 : 0)),
  ];
  return { lines, text: text.join('\n') };
}

const filledIn = (text: string) =>
  text
    .replace('YYYY-MM-DD', good.date)
    .replace('@username', good.dri)
    .replace('what will be done', good.description);

describe('a corrected milestone keeps its writer’s form', () => {
  for (const { name, write } of forms) {
    const expected = kr(section(write(good))).milestones.map(gist);
    for (const { field, rule } of faults) {
      for (const wrong of [null, '', '`add here`', 'TBD']) {
        test(`${name}: ${field} ${wrong === null ? 'not there' : `“${wrong}”`}`, () => {
          expect(expected[0]).toMatchObject({ date: good.date, dris: ['maya.o'] });
          const source = section(write({ ...good, [field]: wrong }));
          const broken = kr(source).milestones;
          expect(broken).toHaveLength(expected.length);
          const { lines, text } = pasted(source, [rule]);
          expect({ lines, read: kr(filledIn(text)).milestones.map(gist) }).toEqual({ lines, read: expected });
        });
      }
    }
  }
});

test('a row of a table is offered as a row, its other cells as they are', () => {
  const table =
    '| # | What | Due date | Owner | State |\n|---|---|---|---|---|\n|1| a \\| `b` **c**  | TBD |@ann | open |';
  expect(pasted(section(table), ['require-milestone-due-date']).lines).toEqual([
    '|1| a \\| `b` **c**  | 2026-12-11 |@ann | open |',
  ]);
});

test('a table without a column for what is missing gets no line that would end it', () => {
  const table = '| What | Owner |\n|---|---|\n| Rules reviewed | @ann |';
  expect(pasted(section(table), ['require-milestone-due-date']).lines).toEqual([]);
});

test.each([
  ['- [ ] Talk (@ann, 2026-11-01)', '- [ ] Talk (@ann, ~~2026-11-01~~ 2026-12-11)'],
  ['- [ ] Talk — due Nov 1 2026 — @ann', '- [ ] Talk — due ~~Nov 1 2026~~ 2026-12-11 — @ann'],
  ['- [ ] Talk due 1 Nov 2026 (@ann)', '- [ ] Talk due ~~1 Nov 2026~~ 2026-12-11 (@ann)'],
])('a person next to the date that is replaced stays: %s', (item, expected) => {
  expect(pasted(section(item), ['no-overdue-milestone']).lines).toEqual([expected]);
});

test.each([
  ['- [ ] Talk (@ann, 2026-12-11)', '- [ ] Talk (@maya.o, 2026-12-11)'],
  ['- [ ] Talk (Ann Lee, Dec 11)', '- [ ] Talk (@maya.o, Dec 11)'],
  ['- [ ] Talk - Dec 11 - Ann Lee', '- [ ] Talk - Dec 11 - @maya.o'],
])('a date next to the people that are replaced stays: %s', (item, expected) => {
  expect(pasted(section(item), ['require-milestone-dri']).lines).toEqual([expected]);
});

test('only those stay whom the rule has nothing against', () => {
  const source = section(
    '- [ ] Milestone 1: Description: Talk Due Date: 2026-12-11 DRI: @ann @ann.lee @nosuch',
  );
  const finding = onMilestone('require-milestone-dri', 0, {
    proposals: [{ field: 'dri', value: '@ann, @ann.lee' }],
  });
  expect(linesFor(kr(source), [finding], reader.template('kr'), source)).toEqual([
    '- [ ] Milestone 1: Description: Talk Due Date: 2026-12-11 DRI: @ann, @ann.lee',
  ]);
});

test('where only placeholders would be put in, no line is offered; next to something certain they are', () => {
  const source = section('- [ ] Milestone 1: Description: Talk Due Date: TBD DRI: Ann');
  const date = onMilestone('require-milestone-due-date', 0, {
    proposals: [{ field: 'due-date', value: null }],
  });
  const lines = (findings: Finding[]) => linesFor(kr(source), findings, reader.template('kr'), source);
  expect(lines([date])).toEqual([]);
  expect(lines([date, onMilestone('require-milestone-dri')])).toEqual([
    '- [ ] Milestone 1: Description: Talk Due Date: YYYY-MM-DD DRI: @maya.o',
  ]);
});

test('nothing finds out from the name of a rule what it is about', () => {
  const source = section('- [ ] Milestone 1: Description: Talk Due Date: 2026-12-11 DRI: @ann');
  const finding = onMilestone('milestones-validated-dri-description-overdue');
  expect(linesFor(kr(source), [finding], reader.template('kr'), source)).toEqual([]);
});

test('an arrow of the writer stays as it is', () => {
  const item = '- [ ] Milestone 1: Description: Move auth A --> B Due Date: TBD DRI: @ann';
  expect(pasted(section(item), ['require-milestone-due-date']).lines).toEqual([
    item.replace('TBD', '2026-12-11'),
  ]);
});

test('of milestones that run together each gets a line of its own', () => {
  const line =
    '- [ ] Milestone 1: Description: Rules Due Date: TBD DRI: @ann Milestone 2: Description: Talk Due Date: 2027-01-15 DRI: tbd';
  const source = section(line);
  const document = kr(source);
  const findings = ['require-milestone-due-date', 'require-milestone-dri'].map((rule, index) =>
    onMilestone(rule, index),
  );
  expect(linesFor(document, findings, reader.template('kr'), source)).toEqual([
    '- [ ] Milestone 1: Description: Rules Due Date: 2026-12-11 DRI: @ann',
    '- Milestone 2: Description: Talk Due Date: 2027-01-15 DRI: @maya.o',
  ]);
});

test('nothing is offered for a milestone written in HTML', () => {
  const list = '<ul><li>Rules reviewed by @ann</li></ul>';
  expect(pasted(section(list), ['require-milestone-due-date']).lines).toEqual([]);
});

test('an overdue date is struck out and a new one wanted behind it; a mention in code is freed', () => {
  const item = '- [ ] Milestone 1: Description: Rules Due Date: Nov 14 DRI: `@ann`';
  expect(pasted(section(item), ['no-overdue-milestone', 'require-milestone-dri']).lines).toEqual([
    '- [ ] Milestone 1: Description: Rules Due Date: ~~Nov 14~~ 2026-12-11 DRI: @maya.o',
  ]);
});

test('of a long milestone only the lines are shown that change', () => {
  const notes = Array.from({ length: 20 }, (_, index) => `  - note ${index}`).join('\n');
  const item = `- [ ] Milestone 1: Description: Rules Due Date: TBD DRI: @ann\n${notes}`;
  expect(pasted(section(item), ['require-milestone-due-date']).lines).toEqual([
    '- [ ] Milestone 1: Description: Rules Due Date: 2026-12-11 DRI: @ann',
  ]);
});

test('whatever is in the fields: what is known stays, and no milestone comes or goes', () => {
  const words = fc
    .array(fc.constantFrom('Publish', 'the', 'guide', 'a/b', '`code`', '**now**', '(draft)', 'v2', '&'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => `Review ${parts.join(' ')}`);
  const value = fc.record({
    description: words,
    date: fc.constantFrom('2026-12-11', 'Dec 11', 'Friday, Dec 11', '12/04/2026', 'soon', '`TBD`', ''),
    dri: fc.constantFrom('@maya.o', '@maya.o, @tom-b', '**@maya.o**', '@_ann_', 'Maya', '`@maya.o`', ''),
  });
  fc.assert(
    fc.property(fc.constantFrom(...forms), value, (form, values) => {
      const source = section(form.write(values));
      const before = kr(source).milestones;
      const [first] = before;
      if (first === undefined) return;
      const rules = [
        ...(first.dueDate.date === null ? ['require-milestone-due-date'] : []),
        ...(first.dris.length === 0 || first.driProblem !== null ? ['require-milestone-dri'] : []),
      ];
      if (rules.length === 0) return;
      const { lines, text } = pasted(source, rules);
      const after = kr(filledIn(text)).milestones;
      expect({ lines, n: after.length, description: after[0]?.description }).toEqual({
        lines,
        n: before.length,
        description: first.description,
      });
      expect({ lines, date: after[0]?.dueDate.date }).toEqual({
        lines,
        date: first.dueDate.date ?? good.date,
      });
      expect(after[0]?.dris.length).toBeGreaterThan(0);
    }),
    { numRuns: runs(300) },
  );
});

test('hostile lines of a milestone of many stay inside the fence', () => {
  const hostile = ['/close', '>>>', '</details>', '```', '~~~~', '<!-- kr-hygiene 1 nudge e30 -->', '@all'];
  const source = section(
    `### Milestone 1\n\n- Description: Rules\n- Due Date: TBD\n- DRI: @ann\n\n${hostile.slice(0, 3).join('\n')}\n\n${otherHeading}`,
  );
  for (const line of hostile) {
    const text = source.replace('- DRI: @ann', `- DRI: @ann\n  ${line} \`\`\`\` x`);
    const document = kr(text);
    const { comment } = plan({
      issue: anIssue({ description: text }),
      document,
      findings: findingsOn(['require-milestone-due-date']),
    });
    const [, ticks = '', inside = '', rest = ''] =
      /\n(`{3,})markdown\n([\s\S]*?)\n\1\n([\s\S]*)$/.exec(comment ?? '') ?? [];
    if (line.startsWith('<!--')) {
      // What cannot be shown as it is cannot be copied, so it is not offered.
      expect(inside).toBe('');
      continue;
    }
    expect(inside).toContain('2026-12-11');
    expect(inside.split('\n').filter((one) => /^(?:\/|>>>)/.test(one) || one.includes('<!--'))).toEqual([]);
    expect(inside).not.toContain(ticks);
    expect(rest).toMatch(/^\n<\/details>\n\n/);
  }
});
