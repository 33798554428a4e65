import { describe, expect, test } from '@jest/globals';
import { ourRules as rules } from '../../src/config/our-rules.ts';
import type { DateField, KrDocument, KrMilestone } from '../../src/model/document.ts';
import { fc, runs } from '../helpers/random.ts';
import { context, dueDate, kr, milestone, place } from './documents.ts';

const nasty = [
  '/close',
  '@all',
  '`a` ``b``',
  'line\n/label ~x\r\n',
  '“quoted”',
  '<img src=x>',
  '-->',
  '{milestone} {found} {',
  '\u202Eabc\u2066',
  '\uD800',
  '$& $1',
  'x'.repeat(5_000),
  '',
  ' ',
];

const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 80 }));
const problem = fc.constantFrom(null, 'missing', 'placeholder', 'empty') as fc.Arbitrary<'missing' | null>;
const day = fc.constantFrom('2026-11-13', '2026-12-04', '2027-02-28', '1999-01-01', '9999-12-31');
const state = fc.constantFrom('open', 'done', 'inapplicable');

const anyDate: fc.Arbitrary<DateField> = fc.oneof(
  fc
    .record({ raw: text, date: day, inferred: fc.boolean(), wrongWeekday: text })
    .map((date) => dueDate(date)),
  fc
    .record({
      raw: text,
      problem: fc.constantFrom('missing', 'placeholder', 'not-a-date', 'ambiguous', 'impossible'),
      readings: fc.array(day, { maxLength: 3 }),
    })
    .map((fields) => dueDate({ ...fields, date: null })),
);

const anyMilestone: fc.Arbitrary<KrMilestone> = fc
  .record({
    label: fc.option(text),
    description: text,
    descriptionProblem: problem,
    dueDate: anyDate,
    dris: fc.array(text, { maxLength: 3 }),
    driText: text,
    driProblem: fc.constantFrom(null, 'missing', 'placeholder', 'not-a-mention', 'group'),
    state,
  })
  .map((fields) => milestone(fields));

const anyKr: fc.Arbitrary<KrDocument> = fc
  .record({
    title: fc.record({
      raw: text,
      fiscalYear: fc.option(fc.integer({ min: 0, max: 99_999 })),
      quarter: fc.constantFrom(null, 1, 2, 3, 4),
      number: fc.option(fc.nat()),
      reference: fc.option(text),
      statement: fc.option(text),
    }),
    okrLink: fc.option(text.map((url) => ({ url, where: 'elsewhere' as const, place: place(0) }))),
    okrLinkProblem: fc.constantFrom(null, 'missing', 'placeholder', 'not-a-link', 'not-a-record'),
    okrLinkText: fc.option(text),
    objective: fc.record({ text, problem, place: fc.constant(place(0)) }),
    milestones: fc.array(anyMilestone, { maxLength: 4 }),
    leftovers: fc.array(
      text.map((leftover) => ({ text: leftover, place: place(0) })),
      { maxLength: 4 },
    ),
  })
  .map((fields) => kr(fields));

const strict: Record<string, Record<string, unknown>> = {
  'match-title-format': { measurable: true },
  'require-okr-link': { 'allowed-hosts': ['app.ally.io'], elsewhere: false },
  'require-objective': { 'min-length': 40 },
  'require-milestones': { min: 3, max: 3 },
  'require-milestone-description': { 'min-length': 40, states: ['open', 'done', 'inapplicable'] },
  'require-milestone-dri': { max: 1 },
};

describe.each(rules.filter(({ kind }) => kind === 'kr').map((rule) => [rule.id, rule] as const))(
  '%s',
  (id, rule) => {
    const check = rule.bind(rule.options.parse(strict[id] ?? {}));

    test('says one clean line about any document, and never fails', () => {
      fc.assert(
        fc.property(anyKr, fc.array(text, { maxLength: 3 }), fc.option(day), (document, names, due) => {
          const facts = {
            title: document.title.raw,
            assignees: names,
            dueDate: due,
            members: new Set(names),
          };
          for (const { message, hint } of check(document, context(document, facts, { source: 'etc.' }))) {
            for (const said of [message, hint ?? '']) {
              expect(said).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
              expect(said.length).toBeLessThan(1_000);
            }
            expect(message.match(/[“”]/g)?.join('') ?? '').toMatch(/^(“”)*$/);
            expect(message).not.toMatch(/^:/);
            expect(((hint ?? '').match(/`/g) ?? []).length % 2).toBe(0);
          }
        }),
        { numRuns: runs(300) },
      );
    });

    test('is silent about a field that the template does not ask for', () => {
      const fields = ['okr-link', 'objective', 'milestones', 'description', 'due-date', 'dri'];
      const bare = kr({
        okrLink: null,
        okrLinkProblem: 'missing',
        milestones: [
          milestone({
            descriptionProblem: 'missing',
            driProblem: 'missing',
            dueDate: dueDate({ date: null, problem: 'missing' }),
          }),
        ],
        objective: { text: '', problem: 'missing', place: null },
      });
      const facts = { title: bare.title.raw, assignees: ['ann'], dueDate: null };
      const byDefault = rule.bind(rule.options.parse({}));
      expect([...byDefault(bare, context(bare, facts, { absent: fields }))]).toEqual([]);
    });
  },
);
