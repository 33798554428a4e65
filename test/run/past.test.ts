import { afterEach, expect, test } from '@jest/globals';
import { createGateway } from '../../src/gitlab/gateway.ts';
import type { SubjectRecord } from '../../src/model/record.ts';
import { reportJson } from '../../src/records/write-report.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { botToken, now, perfectKr, projectId, runOn, startWorld } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox.close());

const update = (week: string, percent: string, status = ':white_check_mark: - On Track') =>
  [
    `## Weekly KR Update for the week of ${week}`,
    `Status: ${status}`,
    `Percentage complete: ${percent}`,
    '',
    '## Completed',
    `* What was due by ${week}`,
    '',
    '## Next steps',
    '* Rotate the last ones',
  ].join('\n');

const kr: IssueSeed = {
  ...perfectKr,
  createdAt: '2026-11-02T08:00:00Z',
  notes: [
    {
      author: 'ann',
      body: 'marked the checklist item **Milestone 1: Description: List of all keys Due Date: 2026\\-11\\-13 DRI: @ann** as completed',
      system: true,
      createdAt: '2026-11-12T08:00:00Z',
    },
    { author: 'ann', body: update('2026-11-09', '30%'), createdAt: '2026-11-13T08:00:00Z' },
    {
      author: 'bo.lee',
      body: '> ## Weekly KR Update\n> Status: On Track\n\nGood.',
      createdAt: '2026-11-14T08:00:00Z',
    },
    {
      author: 'ann',
      body: update('2026-11-16', '50%'),
      createdAt: '2026-11-20T08:00:00Z',
      updatedAt: '2026-11-20T09:00:00Z',
    },
    { author: 'ann', body: 'kr: snooze 2w because of the audit', createdAt: '2026-11-20T10:00:00Z' },
    {
      author: 'carol',
      body: 'changed due date to January 22, 2027',
      system: true,
      createdAt: '2026-11-21T08:00:00Z',
    },
  ],
  labelEvents: [{ action: 'add', label: 'KR', user: 'carol', createdAt: '2026-11-02T08:00:01Z' }],
};

const recordOf = (subjects: readonly { record?: unknown }[], index = 0): SubjectRecord =>
  subjects[index]?.record as SubjectRecord;

test('a record tells updates, ticks, dates, labels and answers, each with its source', async () => {
  sandbox = await startWorld([kr]);
  const { subjects, summary } = await runOn(sandbox, { apply: false });
  const record = recordOf(subjects);
  expect(record).toMatchObject({
    quarter: 'FY27-Q4',
    progress: { claimed: 50, milestones: 50, expected: 23 },
    status: { claimed: 'on-track', week: '2026-11-16' },
    nextPing: null,
  });
  expect(record.milestones.map(({ state, doneOn, line }) => [state, doneOn, line])).toEqual([
    ['done', '2026-11-12', 5],
    ['open', null, 6],
  ]);
  expect(record.updates.map(({ author, week, percent, edited }) => [author, week, percent, edited])).toEqual([
    ['ann', '2026-11-09', 30, false],
    ['ann', '2026-11-16', 50, true],
  ]);
  expect(record.updates[0]?.url).toMatch(/\/1#note_\d+$/);
  expect(record.timeline.map(({ on, what }) => [on, what])).toEqual([
    ['2026-11-02', 'label-added'],
    ['2026-11-12', 'milestone-done'],
    ['2026-11-20', 'answer'],
    ['2026-11-21', 'due-date-moved'],
  ]);
  expect(record.timeline.map(({ source }) => source.replace(/\d+/, 'N'))).toEqual([
    'label event N',
    'system note N',
    'note N',
    'system note N',
  ]);
  expect(record.answers).toMatchObject([
    { command: 'snooze', by: 'ann', until: '2026-12-04', because: 'of the audit', inForce: true },
  ]);
  const written = JSON.parse(reportJson(summary, subjects)) as { subjects: { record: unknown }[] };
  expect(written.subjects[0]?.record).toEqual(record);
});

test('the newest update is evaluated, and the nudge says so under a link to it', async () => {
  const bad = {
    author: 'ann',
    body: update('2026-11-16', '110%', 'fine'),
    createdAt: '2026-11-20T08:00:00Z',
  };
  sandbox = await startWorld([{ ...kr, notes: [bad] }]);
  const { subjects } = await runOn(sandbox);
  const [subject] = subjects;
  const noteId = recordOf(subjects).updates[0]?.noteId;
  expect(subject?.findings.map(({ rule, noteId: about }) => [rule, about])).toEqual([
    ['require-update-status', noteId],
    ['require-update-percent', noteId],
  ]);
  expect(recordOf(subjects).updates[0]?.findings).toHaveLength(2);
  expect(subject?.comment).toContain(`(#note_${noteId})`);
  const again = await runOn(sandbox);
  expect(again.subjects[0]?.actions).toEqual([]);
});

test('the template pasted and left alone is no update, and is named', async () => {
  const blank = [
    '## Weekly KR Update for the week of YYYY-MM-DD',
    'Status: :white_check_mark: - On Track, :warning: - Requires Escalation, :octagonal_sign: - Blocked (Leave the relevant status, remove the rest and this note)',
    'Percentage complete: XX%',
    '',
    '## Completed',
    '* (List of what tasks were completed since last update)',
  ].join('\n');
  sandbox = await startWorld([{ ...kr, notes: [{ author: 'ann', body: blank }] }]);
  const { subjects } = await runOn(sandbox, { apply: false });
  expect(recordOf(subjects).updates).toEqual([]);
  expect(subjects[0]?.findings.map(({ rule }) => rule)).toContain('require-update-status');
});

test('bots, our own comments and internal ones are no updates; a confidential KR has its quarter alone', async () => {
  const body = update('2026-11-16', '50%');
  sandbox = await startWorld([
    {
      ...kr,
      notes: [
        { author: 'kr-bot', body },
        { author: 'ann', body, internal: true },
      ],
    },
    { ...kr, confidential: true },
  ]);
  const { subjects } = await runOn(sandbox, { apply: false });
  expect(recordOf(subjects).updates).toEqual([]);
  expect(subjects[1]?.record).toEqual({ quarter: 'FY27-Q4' });
});

test('closed KRs of this quarter and the last are in the report, and left alone', async () => {
  const closed = { ...kr, state: 'closed' as const, closedAt: '2026-11-20T08:00:00Z' };
  sandbox = await startWorld([
    closed,
    { ...closed, title: kr.title.replace('Q4', 'Q3') },
    { ...closed, title: kr.title.replace('Q4', 'Q2') },
    { ...closed, title: 'Something else' },
  ]);
  const { subjects, summary } = await runOn(sandbox);
  expect(subjects.map(({ status, state }) => [status, state])).toEqual([
    ['closed', 'closed'],
    ['closed', 'closed'],
  ]);
  expect(subjects.map((subject) => subject.record?.quarter)).toEqual(['FY27-Q4', 'FY27-Q3']);
  expect(summary.totals).toMatchObject({ subjects: 2, closed: 2 });
  expect(sandbox.countWrites()).toBe(0);
});

test('what people do in GitLab leaves the notes that the past is read from', async () => {
  sandbox = await startWorld([{ ...perfectKr, createdAt: '2026-11-02T08:00:00Z' }]);
  const put = async (body: object) => {
    const address = `${sandbox.url}/api/v4/projects/${projectId}/issues/1`;
    const headers = { 'PRIVATE-TOKEN': botToken, 'content-type': 'application/json' };
    const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
  };
  const { description } = perfectKr;
  await put({ description: description.replace('[ ] Milestone 2', '[x] Milestone 2') });
  await put({ due_date: '2027-01-29' });
  await put({ due_date: null });
  await put({ title: 'FY27 Q4 KR1 (Key Care) Rotate most signing keys', assignee_ids: [2] });
  await put({ state_event: 'close' });
  await put({ state_event: 'reopen' });
  const { subjects } = await runOn(sandbox, { apply: false });
  const { timeline, milestones } = recordOf(subjects);
  const on = now.slice(0, 10);
  expect(timeline.map(({ what, detail, from, to }) => ({ what, detail, from, to }))).toEqual(
    expect.arrayContaining([
      { what: 'milestone-done', detail: expect.stringContaining('Rotation by the pipeline') },
      { what: 'due-date-moved', detail: 'to 2027-01-29', to: '2027-01-29' },
      { what: 'due-date-moved', detail: 'from 2027-01-29 to no date', from: '2027-01-29', to: null },
      { what: 'title-changed', detail: expect.stringContaining('Rotate most signing keys') },
      { what: 'assignees-changed', detail: 'assigned @bo.lee; unassigned @ann' },
      { what: 'closed', detail: 'closed' },
      { what: 'reopened', detail: 'reopened' },
    ]),
  );
  expect(milestones.map(({ doneOn }) => doneOn)).toEqual([null, on]);
});

test('a KR that is closed while the run is under way is reported once', async () => {
  sandbox = await startWorld([kr]);
  const gateway = createGateway({ url: sandbox.url, token: botToken });
  const { reader } = gateway;
  const close = async () => {
    const headers = { 'PRIVATE-TOKEN': botToken, 'content-type': 'application/json' };
    const address = `${sandbox.url}/api/v4/projects/${projectId}/issues/1`;
    await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ state_event: 'close' }) });
  };
  const closing: typeof reader = {
    ...reader,
    async *issues(source, filter) {
      yield* reader.issues(source, filter);
      if (filter.state === 'opened') await close();
    },
  };
  const { subjects } = await runOn(sandbox, { apply: false, gateway: { ...gateway, reader: closing } });
  expect(subjects.map(({ iid }) => iid)).toEqual([1]);
});
