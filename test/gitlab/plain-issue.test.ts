import { expect, test } from '@jest/globals';
import { plainIssue } from '../../src/gitlab/plain-issue.ts';
import { issueSchema } from '../../src/gitlab/schema.ts';
import { toIssue } from '../../src/gitlab/to-model.ts';
import { fc, runs } from '../helpers/random.ts';
import { wire } from './helpers/instance.ts';

const full = wire.issue(4, {
  description: 'text',
  labels: ['KR', 'KR::at risk'],
  milestone: { id: 1, title: 'FY27 Q4' },
  assignees: [wire.user, { ...wire.user, bot: false, state: 'active' }],
  due_date: '2027-01-31',
  issue_type: 'issue',
  moved_to_id: 99,
});

type Plain = Parameters<typeof toIssue>[0];

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, 0, -1, 0.5, 1e300, '', ' ', [], {}, [null], ['a']),
  fc.constantFrom<unknown>(
    'opened',
    'closed',
    'locked',
    '2027-02-29',
    '2028-02-29',
    '2027-1-1',
    '0000-01-01',
  ),
  fc.constantFrom<unknown>(
    '2026-01-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00Z',
    '2026-01-01T00:00:00.123456+14:00',
    '2026-01-01T00:00:00+0200',
    '2026-01-01t00:00:00z',
  ),
  fc.constantFrom<unknown>(
    'https://gitlab.example.com/a b',
    ' https://gitlab.example.com/a',
    'https://gitlab.example.com/a\n',
    'https://',
    'https:/gitlab.example.com',
    'HTTPS://gitlab.example.com',
    'http://[::1]:8080/x',
    'http://999.1.1.1/',
    'javascript:alert(1)',
    'http://user:secret@gitlab.example.com/x',
    'https://gitlab.example.com:99999/x',
  ),
  fc.jsonValue(),
);

/** The entry with something else at one of its places, however deep, or without it. */
function changed(entry: unknown, dice: () => number, value: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || dice() % 4 === 0) return value;
  const keys = Object.keys(entry);
  const key = keys[dice() % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [...entry] : { ...entry };
  Object.assign(copy, { [key]: changed((entry as Record<string, unknown>)[key], dice, value) });
  return copy;
}

test('an ordinary issue is plain', () => {
  for (const entry of [full, wire.issue(3)])
    expect(toIssue(plainIssue(entry) as Plain)).toEqual(toIssue(issueSchema.parse(entry)));
});

test('what is plain is what the schema takes, and means the same', () => {
  let plain = 0;
  let sound = 0;
  const numbers = fc.array(fc.nat(), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(numbers, odd, odd, (drawn, one, other) => {
      let at = 0;
      const dice = (): number => drawn[(at += 1) % drawn.length] ?? 0;
      const once = changed(full, dice, one);
      const entry = dice() % 2 === 0 ? once : changed(once, dice, other);
      const read = issueSchema.safeParse(entry);
      if (read.success) sound += 1;
      const found = plainIssue(entry);
      if (found === null) return;
      plain += 1;
      expect(read.error?.issues).toBeUndefined();
      expect(toIssue(found)).toEqual(read.data === undefined ? null : toIssue(read.data));
    }),
    { numRuns: runs(50_000) },
  );
  // Else nothing was shown.
  expect(plain).toBeGreaterThan(sound / 2);
});
