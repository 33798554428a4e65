import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { publishable } from '../../src/records/redact.ts';
import { writtenSubject } from '../../src/records/schema.ts';
import { reportSubject } from '../../src/records/write-report.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc } from '../helpers/random.ts';
import { aSubject } from '../reporters/helpers.ts';

const line = (subject: Parameters<typeof reportSubject>[0]): string =>
  reportSubject(subject, { first: true }).slice(1);

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { maxLength: 2 });

/** Keys in any order, those that may be absent at times absent, and others that no report has. */
function loose(
  fields: Record<string, fc.Arbitrary<unknown>>,
  absent: readonly string[] = [],
): fc.Arbitrary<object> {
  const requiredKeys = Object.keys(fields).filter((key) => !absent.includes(key));
  return fc.tuple(fc.record(fields, { requiredKeys }), fc.infiniteStream(fc.nat())).map(([value, dice]) => {
    const entries: [string, unknown][] = [...Object.entries(value), ['edit', null], ['weight', 5]];
    const drawn = entries.map((entry) => ({ entry, at: dice.next().value as number }));
    drawn.sort((a, b) => a.at - b.at);
    return Object.fromEntries(drawn.map(({ entry }) => entry));
  });
}

const word = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('ann', '', '\u2028\ud800"\\'));
const names = some(word);
const day = fc.constantFrom('2026-11-23', '2027-01-31');
const instant = fc.constantFrom('2026-11-23T09:00:00Z', '2026-11-01T00:00:00.000Z');
const number = fc.oneof(fc.nat(), fc.constantFrom(-1, 0.5));
const point = loose({ line: number, column: number, offset: number });
const status = maybe(fc.constantFrom('on-track', 'at-risk', 'off-track'));

const finding = loose(
  {
    rule: word,
    messageId: word,
    severity: fc.constantFrom('error', 'warning', 'info'),
    message: word,
    hint: maybe(word),
    people: names,
    place: maybe(loose({ start: point, end: point })),
    subject: fc.oneof(
      loose({ part: fc.constant('milestone'), index: number, label: word }),
      loose({ part: fc.constantFrom('title', 'issue', 'text', 'section'), name: word }, ['name']),
    ),
    url: maybe(word),
    fields: names,
    noteId: number,
    waived: loose({ by: word, until: maybe(day), because: maybe(word), noteId: number }),
    since: day,
  },
  ['fields', 'noteId', 'waived', 'since'],
);

const milestone = loose(
  {
    label: maybe(word),
    description: word,
    dueDate: maybe(day),
    dris: names,
    state: fc.constantFrom('open', 'done', 'inapplicable'),
    overdue: fc.boolean(),
    doneOn: maybe(day),
    line: number,
  },
  ['line'],
);

const update = loose(
  {
    kind: fc.constantFrom('weekly-update', 'check-in'),
    noteId: number,
    url: word,
    author: word,
    createdAt: instant,
    edited: fc.boolean(),
    week: maybe(day),
    status,
    percent: maybe(number),
    saidThen: loose({ status, percent: maybe(number) }),
    findings: some(finding),
  },
  ['saidThen'],
);

const timelineEntry = loose(
  { on: day, what: word, detail: word, source: word, from: maybe(day), to: maybe(day), by: maybe(word) },
  ['from', 'to', 'by'],
);

const record = loose(
  {
    quarter: maybe(word),
    number: maybe(number),
    reference: maybe(word),
    statement: maybe(word),
    objective: maybe(word),
    okrUrl: maybe(word),
    dueDate: maybe(day),
    assignees: names,
    milestones: some(milestone),
    progress: loose({ claimed: maybe(number), milestones: maybe(number), expected: maybe(number) }),
    status: loose({ claimed: status, week: maybe(day), noteId: maybe(number) }),
    updates: some(update),
    timeline: some(timelineEntry),
    answers: some(
      loose({
        command: word,
        by: word,
        until: maybe(day),
        because: maybe(word),
        noteId: number,
        inForce: fc.boolean(),
      }),
    ),
    nextPing: maybe(loose({ on: day, whom: names, because: word })),
    createdAt: instant,
  },
  ['createdAt'],
);

const openPoints = some(loose({ people: names, since: day, points: number, errors: number }));

const reminder = loose(
  {
    createdAt: instant,
    firstNudge: maybe(
      loose({ mentions: names, errors: number, open: openPoints, reached: names }, ['open', 'reached']),
    ),
    nudge: maybe(loose({ on: day, mentions: names, reached: names }, ['reached'])),
    open: openPoints,
    pings: some(loose({ on: day, whom: names, others: names, escalation: fc.boolean() }, ['escalation'])),
    snoozedUntil: maybe(day),
    seenOn: maybe(day),
    activeAt: maybe(instant),
    knownBy: maybe(day),
    fixed: some(loose({ rule: word, since: day, on: day })),
  },
  ['fixed'],
);

const subject = loose(
  {
    kind: fc.constantFrom('kr', 'okr'),
    ref: word,
    projectId: maybe(number),
    iid: maybe(number),
    url: maybe(word),
    title: word,
    confidential: fc.boolean(),
    status: fc.constantFrom('clean', 'findings', 'skipped', 'error', 'closed'),
    findings: some(finding),
    actions: some(
      loose({ type: word, outcome: fc.constantFrom('planned', 'applied', 'waiting'), detail: word }),
    ),
    error: maybe(word),
    comment: maybe(word),
    skippedRules: some(loose({ rule: word, reason: word })),
    restraint: maybe(word),
    notReached: fc.constant(true),
    state: fc.constantFrom('opened', 'closed'),
    record: maybe(fc.oneof(record, loose({ quarter: maybe(word) }))),
    order: number,
    setKeys: maybe(
      loose({
        ref: word,
        confidential: fc.boolean(),
        fiscalYear: maybe(number),
        quarter: maybe(number),
        number: maybe(number),
        reference: maybe(word),
        okrUrl: maybe(word),
        people: names,
      }),
    ),
    reminder: maybe(reminder),
  },
  ['notReached', 'state', 'record', 'order', 'setKeys', 'reminder'],
);

test('a subject is written as its schema would write it, to the byte', () => {
  fc.assert(
    fc.property(subject, (drawn) => {
      const one = aSubject(drawn);
      expect(line(one)).toBe(JSON.stringify(writtenSubject.parse(publishable(one))));
    }),
  );
});

/** A report of which each subject is as the schema would write it. */
function expectLikeSchema(report: string, count: number): void {
  const { subjects } = JSON.parse(report) as { subjects: unknown[] };
  expect(subjects).toHaveLength(count);
  for (const one of subjects) expect(report).toContain(`\n${JSON.stringify(writtenSubject.parse(one))}`);
}

test('so are the subjects of the demo', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'kr-hygiene-written-'));
  try {
    await cli(['demo', '--now', '2026-11-23T09:00:00Z', '--output', dir]);
    expectLikeSchema(await readFile(path.join(dir, 'report.json'), 'utf8'), 20);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('so are the files of fixtures', async () => {
  const folder = path.join(import.meta.dirname, '../fixtures/practice');
  const files = (await readdir(folder)).filter((name) => name.endsWith('1.md') || name.endsWith('k.md'));
  const { stdout } = await cli(['lint', ...files.map((name) => path.join(folder, name)), '--format', 'json']);
  expectLikeSchema(stdout, files.length);
});
