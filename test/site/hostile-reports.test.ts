import { describe, expect, test } from '@jest/globals';
import { quarterReport } from '../../bench/helpers/quarter-report.ts';
import { readReport } from '../../src/records/read-report.ts';
import { writeReport } from '../../src/records/write-report.ts';
import { reporterOf } from '../../src/reporters/registry.ts';
import { render } from '../../src/reporters/reporter.ts';
import { buildSite } from '../../src/site/build.tsx';
import { renderDigest } from '../../src/site/digest.ts';
import { runs } from '../helpers/random.ts';

type Json = Record<string, unknown>;

const base = JSON.parse(writeReport(quarterReport(12))) as Json & { subjects: Json[]; generatedAt: string };
const record = (subject: Json): Json => subject['record'] as Json;
const model =
  base.subjects.find(
    (subject) =>
      subject['state'] !== 'closed' && record(subject)['quarter'] === 'FY27-Q4' && subject['record'],
  ) ?? {};
const finding = base.subjects.flatMap(({ findings }) => findings as Json[])[0] ?? {};
const milestone = (record(model)['milestones'] as Json[])[0] ?? {};
const update = (record(model)['updates'] as Json[])[0] ?? {};

const many = <T>(number: number, make: (index: number) => T): T[] =>
  Array.from({ length: number }, (_, index) => make(index));
const bare = { updates: [], timeline: [], milestones: [], answers: [], nextPing: null };
/** A KR like those of the report, with these keys of its own and of its record. */
const kr = (index: number, own: Json = {}, ofRecord: Json = {}): Json => ({
  ...model,
  ref: `a/b#${index}`,
  url: `https://gitlab.example/a/b/-/issues/${index}`,
  findings: [],
  ...own,
  record: { ...record(model), ...ofRecord },
});
const openMilestone = { ...milestone, state: 'open', doneOn: null, overdue: false, dueDate: '2027-01-05' };

/** SIZE=10 tries ten times as much. What is tried by default is beyond the length of every list. */
const times = Number(process.env['SIZE'] ?? (runs(10) < 10 ? 0.4 : 1));
const size = (number: number): number => Math.ceil(number * times);

/** What an artifact may hold that no run wrote: the subjects, and keys of the report. */
const shapes: Record<string, () => { subjects: Json[] } & Json> = {
  'findings of one KR': () => ({
    subjects: [kr(1, { findings: many(size(3_000), (n) => ({ ...finding, message: `m ${n}` })) })],
  }),
  'a rule for each finding': () => ({
    subjects: [kr(1, { findings: many(size(2_000), (n) => ({ ...finding, rule: `rule-${n}` })) })],
  }),
  'waived findings': () => ({
    subjects: [
      kr(1, {
        findings: many(size(2_000), (n) => ({
          ...finding,
          waived: { by: 'ann', until: null, because: 'x', noteId: n },
        })),
      }),
    ],
  }),
  quarters: () => ({
    subjects: many(size(100), (n) =>
      kr(n, {}, { ...bare, quarter: `FY${1970 + Math.floor(n / 4)}-Q${(n % 4) + 1}` }),
    ),
  }),
  'KRs of one objective': () => ({ subjects: many(size(1_100), (n) => kr(n, {}, bare)) }),
  'KRs of one reference': () => ({ subjects: many(size(400), () => kr(1, {}, bare)) }),
  'KRs without a quarter': () => ({
    subjects: many(size(1_000), (n) => kr(n, {}, { ...bare, quarter: null })),
  }),
  'KRs that failed': () => ({
    subjects: many(size(1_000), (n) => ({
      ...kr(n),
      record: null,
      status: 'error',
      error: 'E'.repeat(5_000),
    })),
  }),
  'milestones of one KR': () => ({
    subjects: [
      kr(
        1,
        {},
        {
          milestones: many(size(2_000), (n) => ({ ...openMilestone, description: `d ${n}` })),
          timeline: many(size(2_000), (n) => ({
            on: '2026-12-15',
            what: 'milestone-done',
            detail: `d ${n}`,
            source: `system note ${n}`,
          })),
        },
      ),
    ],
  }),
  'milestones of one person': () => ({
    subjects: many(size(100), (n) =>
      kr(n, {}, { ...bare, milestones: many(50, () => ({ ...openMilestone, dris: ['ann'] })) }),
    ),
  }),
  'updates of one KR': () => ({
    subjects: [kr(1, {}, { updates: many(size(3_000), (n) => ({ ...update, noteId: n + 1 })) })],
  }),
  'people of one KR': () => ({
    subjects: [kr(1, {}, { ...bare, assignees: many(size(5_000), (n) => `person-${n}`) })],
  }),
  'a long title': () => ({
    subjects: [
      kr(
        1,
        {
          title: 'T'.repeat(size(1_000_000)),
          findings: many(200, () => ({ ...finding, message: '<'.repeat(size(10_000)) })),
        },
        { statement: null, objective: '&'.repeat(100_000), reference: '"'.repeat(100_000) },
      ),
    ],
  }),
  reminders: () => ({
    subjects: [kr(1)],
    pings: many(size(2_000), (n) => ({
      ref: `a/b#${n}`,
      whom: many(100, (m) => `p${m}`),
      on: '2026-12-17',
      because: 'b'.repeat(1_000),
      outcome: 'waiting',
    })),
  }),
  'findings over several KRs': () => ({
    subjects: [kr(1)],
    setFindings: many(size(500), (n) => ({
      rule: `r${n}`,
      severity: 'error',
      message: 'm',
      refs: many(300, (m) => `a/b#${m}`),
    })),
  }),
  'warnings and failures': () => ({
    subjects: [kr(1)],
    warnings: many(size(2_000), () => 'w'.repeat(500)),
    incomplete: many(size(2_000), () => 'i'.repeat(500)),
    failures: many(size(2_000), () => ({ source: 's', message: 'm'.repeat(500) })),
  }),
};

const context = { color: false, columns: 80, pathOf: (ref: string) => ref };
const digestOptions = { policy: 'default', needsAttention: null, labels: ['KR'] };

describe.each(Object.keys(shapes))('a report with very many of: %s', (name) => {
  const given = readReport(JSON.stringify({ ...base, ...shapes[name]?.() }));
  const files = buildSite(given, '');

  test('what people read is bounded, and counts what it leaves out', () => {
    for (const [file, text] of files) {
      // A page of an objective shows a thousand KRs; a board, a frame and a picture far less.
      const most = file.includes('objective-') ? 3_500_000 : 1_300_000;
      if (file !== 'data.json') expect([file, text.length < most]).toEqual([file, true]);
    }
    const digest = renderDigest(given, digestOptions);
    expect(digest.section.length + digest.comment.length).toBeLessThan(60_000);
    const limits = { markdown: 60_000, openmetrics: 60_000, text: 2_500_000 };
    for (const [format, most] of Object.entries(limits))
      expect([format, render(reporterOf(format), given, context).length < most]).toEqual([format, true]);
  });

  test('what machines read holds every row', () => {
    const rows = given.subjects.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0);
    const csv = render(reporterOf('csv'), given, context);
    const unread = (given.incomplete?.length ?? 0) + given.failures.length;
    expect(csv.split('\n')).toHaveLength(rows + unread + 2);
    const cases = render(reporterOf('junit'), given, context).match(/<testcase name="[^"]*"/g) ?? [];
    expect(new Set(cases).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(given.subjects.length);
    expect(readReport(render(reporterOf('json'), given, context)).subjects).toHaveLength(
      given.subjects.length,
    );
    const data = JSON.parse(files.get('data.json') ?? '') as {
      quarters: { objectives: { krs: unknown[] }[]; confidential: number }[];
      unplaced: unknown[];
      failed: unknown[];
    };
    const shown = data.quarters.flatMap(({ objectives }) => objectives.flatMap(({ krs }) => krs));
    expect(shown.length + data.unplaced.length + data.failed.length).toBe(given.subjects.length);
  });
});

test('what a list leaves out is said with its number', () => {
  const page = (name: string): string =>
    buildSite(readReport(JSON.stringify({ ...base, ...shapes[name]?.() })), '').get('index.html') ?? '';
  expect(page('a rule for each finding')).toContain(`and ${size(2_000) - 300} more, in data.json`);
  expect(page('waived findings')).toContain(`and ${size(2_000) - 300} more, in data.json`);
  expect(page('KRs without a quarter')).toContain(`and ${size(1_000) - 100} more, in data.json`);
  expect(page('KRs that failed')).toContain(`and ${size(1_000) - 100} more, in data.json`);
  expect(page('people of one KR')).toContain(`and ${size(5_000) - 20} more, in data.json`);
  expect(page('reminders')).toContain(`and ${size(2_000) - 300} more, in data.json`);
  expect(page('findings over several KRs')).toContain(`and ${300 - 100} more, in data.json`);
});

/** Values that no run writes, at the places that pages and formats reckon with or link to. */
const odd: Record<string, () => Json> = {
  'addresses of other schemes': () =>
    kr(
      1,
      { url: 'javascript:alert(1)', findings: [{ ...finding, url: 'data:text/html,x' }] },
      {
        okrUrl: 'JavaScript:alert(1)',
        updates: [{ ...update, url: 'vbscript:x', noteId: -1 }],
      },
    ),
  'numbers out of range': () =>
    kr(
      1,
      { iid: -1, projectId: 1e308 },
      {
        number: 1e21,
        progress: { claimed: -1e308, milestones: 1e308, expected: 0.1 },
        status: { claimed: 'on-track', week: '2026-12-14', noteId: 1e300 },
      },
    ),
  'days of no calendar': () =>
    kr(
      1,
      { findings: [{ ...finding, since: '9999-99-99' }] },
      {
        dueDate: '0000-00-00',
        createdAt: '+275760-09-13',
        milestones: [{ ...openMilestone, dueDate: '2026-02-31' }],
        updates: [{ ...update, week: '2026-13-45', createdAt: 'x' }],
        timeline: [{ on: '9999-99-99', what: 'milestone-done', detail: 'x', source: 'note 1' }],
      },
    ),
  'names of prototypes': () =>
    kr(
      1,
      {
        ref: '__proto__',
        kind: 'kr',
        findings: many(3, (n) => ({ ...finding, rule: ['__proto__', 'constructor', 'toString'][n] })),
      },
      { assignees: ['__proto__', 'constructor'], reference: 'constructor', objective: '__proto__' },
    ),
  'references of no issue': () =>
    kr(1, { ref: '"><script>alert(1)</script>\n]]>#1\u202e', title: '=cmd|calc' }, { statement: '@all' }),
};

describe.each(Object.keys(odd))('a report with %s', (name) => {
  const text = JSON.stringify({ ...base, subjects: [odd[name]?.(), kr(2)] })
    // Written by hand: a key that a parser in JavaScript could take for the prototype.
    .replace('"subjects":[{', '"__proto__":{"version":2},"subjects":[{"__proto__":{"confidential":true},');

  test('is shown, inert and counted once', () => {
    const given = readReport(text);
    expect(given.subjects).toHaveLength(2);
    const files = buildSite(given, '');
    for (const [file, content] of files) {
      if (!/\.(?:html|svg)$/.test(file)) continue;
      expect([
        file,
        /="(?:javascript|data|vbscript):|<script(?! defer)|NaN|Infinity|undefined|\[object/i.test(content),
      ]).toEqual([file, false]);
    }
    const data = JSON.parse(files.get('data.json') ?? '') as {
      quarters: { counts: Record<string, number> }[];
    };
    const counted = data.quarters.flatMap(({ counts }) => Object.values(counts));
    expect(counted.reduce((sum, number) => sum + number, 0)).toBe(2);
    const metrics = render(reporterOf('openmetrics'), given, context);
    expect(metrics).toMatch(/# EOF\n$/);
    expect(metrics).not.toMatch(/NaN|undefined/);
    expect(render(reporterOf('csv'), given, context)).not.toMatch(/(?:^|,)"?[=@]/m);
    expect(render(reporterOf('junit'), given, context)).not.toMatch(/<script|\]\]>|\u202e/);
    expect(renderDigest(given, digestOptions).section).not.toMatch(/NaN|undefined|^<script/m);
  });
});
