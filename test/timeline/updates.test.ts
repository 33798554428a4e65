import { expect, test } from '@jest/globals';
import type { DocumentOf } from '../../src/model/document.ts';
import type { Note } from '../../src/model/issue.ts';
import { findUpdates } from '../../src/timeline/updates.ts';

/** The comment of a Friday, read as an update for this week. */
function updateFor(week: string | null) {
  const note: Note = {
    id: 7,
    body: '## Weekly KR Update',
    author: { id: 1, username: 'ann', name: 'Ann' },
    createdAt: '2026-11-20T08:00:00Z',
    updatedAt: '2026-11-20T08:00:00Z',
    system: false,
    internal: false,
  };
  const list = { items: 1, text: '* Keys', problem: null };
  const document = {
    kind: 'weekly-update',
    weekOf: { raw: week ?? '', date: week, inferred: false, problem: week === null ? 'missing' : null },
    status: { raw: 'On Track', value: 'on-track', problem: null },
    percentComplete: { raw: '45%', value: 45, problem: null },
    completed: list,
    nextSteps: list,
    leftovers: [],
    unread: null,
  } satisfies DocumentOf<'weekly-update'>;
  const found = findUpdates({
    issue: { url: 'https://gitlab.example.com/sec/okrs/-/issues/1' },
    comments: [note],
    read: () => document,
    timeZone: 'UTC',
    remembered: [],
    owners: new Set(['ann']),
  });
  return found.updates.map(({ week: named, countsFor }) => [named, countsFor]);
}

test.each([
  ['the week it names', '2026-11-11', '2026-11-09', '2026-11-09'],
  ['the next week, written early', '2026-11-23', '2026-11-23', '2026-11-23'],
  ['that of writing where the date is further ahead', '2026-11-30', '2026-11-30', '2026-11-16'],
  ['that of writing where the year is wrong', '2027-11-16', '2027-11-15', '2026-11-16'],
  ['that of writing where none is named', null, null, '2026-11-16'],
])('an update counts for %s', (_, date, week, countsFor) => {
  expect(updateFor(date)).toEqual([[week, countsFor]]);
});
