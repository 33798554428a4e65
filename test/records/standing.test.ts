import { expect, test } from '@jest/globals';
import { standingOf } from '../../src/records/standing.ts';

/** On a Wednesday, of a KR that is open unless said otherwise. */
const standing = (week: string | null, state: 'opened' | 'closed' = 'opened') =>
  standingOf({ status: { claimed: 'at-risk', week, noteId: 1 } }, state, '2026-11-25');

test.each([
  ['of this week', '2026-11-23', 'at-risk'],
  ['of the last week', '2026-11-16', 'at-risk'],
  ['of the week before that', '2026-11-09', 'silent'],
  ['of no week', null, 'silent'],
])('what was claimed in an update %s', (_, week, expected) => expect(standing(week)).toBe(expected));

test('a closed KR is closed, whatever was claimed', () => {
  expect(standing('2026-11-23', 'closed')).toBe('closed');
});
