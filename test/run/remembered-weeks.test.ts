import { afterEach, expect, test } from '@jest/globals';
import type { SubjectRecord } from '../../src/model/record.ts';
import { commentHash, type RememberedWeek, weeksToRemember } from '../../src/model/remembered-weeks.ts';
import type { UpdateEntry } from '../../src/model/timeline.ts';
import { decodeMarker } from '../../src/plan/marker.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { botNotes, brokenKr, projectId, runOn, worldSeed } from '../helpers/world.ts';

let sandbox: Sandbox;
afterEach(async () => sandbox?.close());

const update = (week: string, percent: number, status = 'On Track') =>
  [
    `## Weekly KR Update for the week of ${week}`,
    `Status: ${status}`,
    `Percentage complete: ${percent}%`,
    '## Completed',
    '* Half of the list',
    '## Next steps',
    '* The other half',
  ].join('\n');

test('what an update said in its week is known after it was edited, and nothing is written twice', async () => {
  let now = new Date('2026-11-20T08:00:00Z');
  const note = { author: 'ann', body: update('2026-11-16', 60), createdAt: '2026-11-20T07:00:00Z' };
  sandbox = await startSandbox({
    seed: worldSeed([{ ...brokenKr, createdAt: '2026-11-02T08:00:00Z', notes: [note] }]),
    clock: () => now,
  });
  const weeksOf = () => decodeMarker(botNotes(sandbox, 1)[0]?.body ?? '')?.weeks;
  const run = async (at: string) => {
    now = new Date(at);
    return (await runOn(sandbox, { at })).subjects[0];
  };
  await run('2026-11-20T09:00:00Z');
  expect(weeksOf()).toEqual([['2026-11-16', 'on-track', 60, commentHash(note.body)]]);
  expect((await run('2026-11-20T10:00:00Z'))?.actions).toEqual([]);

  const own = sandbox.state.notes(projectId, 1).find(({ body }) => body === note.body);
  if (own === undefined) throw new Error('no note');
  const edit = (at: string, body: string): void => {
    now = new Date(at);
    sandbox.state.editNote('ann', projectId, 1, own.id, body);
  };

  // Within its week the newer words count.
  edit('2026-11-21T08:00:00Z', update('2026-11-16', 65));
  await run('2026-11-21T09:00:00Z');
  expect(weeksOf()?.[0]?.[2]).toBe(65);

  // After it GitLab forgets, and we do not.
  edit('2026-11-25T08:00:00Z', update('2026-11-16', 20, 'Blocked'));
  const subject = await run('2026-11-25T09:00:00Z');
  expect(weeksOf()?.[0]?.slice(0, 3)).toEqual(['2026-11-16', 'on-track', 65]);
  const record = subject?.record as SubjectRecord;
  expect(record.updates[0]).toMatchObject({ percent: 20, saidThen: { status: 'on-track', percent: 65 } });
  expect(record.timeline).toContainEqual(
    expect.objectContaining({
      what: 'update-edited',
      on: '2026-11-25',
      detail: 'the update for the week of 2026-11-16 said then: on-track, 65%',
      source: `note ${own.id}`,
    }),
  );
  expect((await run('2026-11-25T10:00:00Z'))?.actions).toEqual([]);
  expect(botNotes(sandbox, 1)).toHaveLength(1);
});

const entry = (week: string, percent: number | null, edited: string | null = null): UpdateEntry => ({
  kind: 'weekly-update',
  noteId: 1,
  url: '',
  author: 'ann',
  createdAt: `${week}T09:00:00Z`,
  edited: edited !== null,
  editedAt: edited,
  saidThen: null,
  week,
  status: 'on-track',
  percent,
  countsFor: week,
  isNoChange: false,
  document: {} as UpdateEntry['document'],
  body: `${week} ${percent}`,
});

test.each<[string, RememberedWeek[], UpdateEntry[], RememberedWeek[]]>([
  ['nothing', [], [], []],
  [
    'a week that is over',
    [],
    [entry('2026-11-09', 30)],
    [['2026-11-09', 'on-track', 30, commentHash('2026-11-09 30')]],
  ],
  [
    'what was remembered of a week that is over',
    [['2026-11-09', 'at-risk', 10, 'abc']],
    [entry('2026-11-09', 30)],
    [['2026-11-09', 'at-risk', 10, 'abc']],
  ],
  [
    'this week as it is now',
    [['2026-11-16', 'at-risk', 10, 'abc']],
    [entry('2026-11-16', 30)],
    [['2026-11-16', 'on-track', 30, commentHash('2026-11-16 30')]],
  ],
  ['nothing of this week when the update is gone', [['2026-11-16', 'at-risk', 10, 'abc']], [], []],
  [
    'a week whose update is gone',
    [['2026-11-09', null, null, 'abc']],
    [],
    [['2026-11-09', null, null, 'abc']],
  ],
  ['nothing of an update edited after its week', [], [entry('2026-11-09', 30, '2026-11-17T09:00:00Z')], []],
  [
    'an update edited in its week',
    [],
    [entry('2026-11-09', 30, '2026-11-13T09:00:00Z')],
    [['2026-11-09', 'on-track', 30, commentHash('2026-11-09 30')]],
  ],
])('it remembers %s', (_name, before, updates, after) => {
  expect(weeksToRemember(before, updates, { today: '2026-11-20', timeZone: 'UTC' })).toEqual(after);
});

test('it remembers no more than sixty weeks, the newest', () => {
  const many = Array.from({ length: 90 }, (_, index) =>
    entry(new Date(Date.UTC(2024, 0, 1) + index * 7 * 86_400_000).toISOString().slice(0, 10), 1),
  );
  const weeks = weeksToRemember([], many, { today: '2026-11-20', timeZone: 'UTC' });
  expect(weeks).toHaveLength(60);
  expect(weeks.at(-1)?.[0]).toBe(many.at(-1)?.countsFor);
});
