import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { readReport } from '../../src/records/read-report.ts';
import { reportJson, writeReport } from '../../src/records/write-report.ts';
import { cli } from '../helpers/capture-io.ts';
import { fc } from '../helpers/random.ts';
import { aFinding, placeAt } from '../plan/helpers.ts';
import { hostile } from '../plan/hostile.ts';
import { aSubject, aSummary } from '../reporters/helpers.ts';
import { aRecord } from './helpers.ts';

const record = aRecord();

const full = aSummary([], {
  calendar: { startMonth: 2, namedAfter: 'end', timeZone: 'UTC' },
  pings: [{ ref: 'sec/okrs#12', whom: ['mbeki'], on: '2026-12-01', because: 'overdue', outcome: 'planned' }],
  shard: { index: 1, total: 3 },
  incomplete: ['shard 2 of 3 is missing'],
});

test('a report with all that may be in it, read and written again, is the same bytes', () => {
  const waived = { by: 'lead', until: null, because: 'agreed', noteId: 3 };
  const subjects = [
    aSubject({
      state: 'opened',
      record,
      findings: [aFinding({ place: placeAt(4), fields: ['due-date'], waived })],
    }),
    aSubject({ ref: 'sec/okrs#13', state: 'closed', status: 'closed', record: null }),
    aSubject({ ref: 'sec/okrs#14', confidential: true, record }),
  ];
  const text = reportJson(full, subjects);
  const report = readReport(text);
  expect(writeReport(report)).toBe(text);
  expect(report.subjects[0]?.record).toEqual({
    ...record,
    updates: [{ ...record.updates[0], findings: [{ ...record.updates[0]?.findings[0], edit: null }] }],
  });
  expect(report.subjects[2]?.record).toEqual({ quarter: 'FY27-Q4' });
});

test('the report of the demo, read and written again, is the same bytes', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'kr-hygiene-records-'));
  try {
    const { code } = await cli(['demo', '--now', '2026-11-23T09:00:00Z', '--output', dir]);
    expect(code).toBe(0);
    const text = await readFile(path.join(dir, 'report.json'), 'utf8');
    expect(writeReport(readReport(text))).toBe(text);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('a report of 0.1.0 is read, and so is the bare contract', () => {
  const bare = {
    version: 1,
    mode: 'dry-run',
    generatedAt: '2026-11-23T09:00:00Z',
    subjects: [
      {
        kind: 'kr',
        ref: 'group/project#12',
        projectId: 1,
        iid: 12,
        url: 'https://gitlab.example.com/group/project/-/issues/12',
        title: 'A title',
        confidential: false,
        status: 'findings',
        findings: [{ rule: 'x', severity: 'error', message: 'Something is missing.', people: ['alice'] }],
        actions: [{ type: 'create-note', outcome: 'planned', detail: 'write a comment' }],
        error: null,
      },
    ],
    totals: { subjects: 1, clean: 0, findings: 1, errors: 0, actions: { planned: 1 } },
    requests: { total: 1, retried: 0, throttled: 0 },
  };
  const report = readReport(JSON.stringify(bare));
  expect(report.subjects[0]).toMatchObject({ comment: null, skippedRules: [], restraint: null });
  expect(report.subjects[0]?.findings[0]).toMatchObject({ hint: null, place: null, edit: null });
  expect(report).toMatchObject({ failures: [], totals: { closed: 0, actions: { planned: 1, waiting: 0 } } });
  expect(report.subjects[0]).not.toHaveProperty('record');
});

test('what a later version adds is left out: keys; or kept: types of action, events', () => {
  const text = reportJson(full, [aSubject({ record })]);
  const later = text
    .replace('"type":"create-note"', '"type":"pin-note"')
    .replace('"what":"due-date-moved"', '"what":"moved-elsewhere"')
    .replace('"mode"', '"flavour": {"a": 1},\n"mode"')
    .replace('"iid":12', '"iid":12,"weight":5');
  const report = readReport(later);
  expect(report).not.toHaveProperty('flavour');
  expect(report.subjects[0]).not.toHaveProperty('weight');
  expect(writeReport(report)).toContain('"type":"pin-note"');
  expect(writeReport(report)).toContain('"what":"moved-elsewhere"');
});

const whole = reportJson(full, [aSubject({ record })]);

test.each([
  ['', 'r.json is empty'],
  ['# Markdown', 'r.json is not JSON'],
  [whole.slice(0, -30), 'r.json is cut short'],
  ['[]', 'not a report'],
  ['{"version": 1, "krs": []}', 'not a report'],
  ['null', 'not a report'],
  [whole.replace('"version": 1', '"version": 2'), 'of version 2'],
  [whole.replace('"version": 1,', ''), 'of version unknown'],
  [whole.replace('"severity":"error"', '"severity":"awful"'), 'subjects[0].findings[0].severity'],
  [whole.replace('"assignees":["mbeki"]', '"assignees":7'), 'subjects[0].record.assignees'],
])('%#: what is no report is told in a sentence', (text, message) => {
  expect(() => readReport(text, 'r.json')).toThrow(message);
});

test('cut anywhere, it is an error; never a shorter report', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.trimEnd().length - 1 }), (length) => {
      expect(() => readReport(whole.slice(0, length))).toThrow(/empty|cut short/);
    }),
  );
});

test('hostile words survive both ways', () => {
  fc.assert(
    fc.property(hostile, (words) => {
      const text = reportJson(full, [aSubject({ title: words, record: { ...record, statement: words } })]);
      expect(readReport(text).subjects[0]?.title).toBe(words);
      expect(writeReport(readReport(text))).toBe(text);
    }),
  );
});
