import { expect, test } from '@jest/globals';
import { pingMark } from '../../src/model/ping-note.ts';
import { withOthers } from '../../src/plan/comment/others.ts';
import { encodeMarker } from '../../src/plan/marker.ts';
import { pingBody } from '../../src/plan/ping-note.ts';
import { mentionedNames } from '../../src/sandbox/world/markdown.ts';
import { extractCommands } from '../../src/sandbox/world/quick-actions.ts';
import { fc, runs } from '../helpers/random.ts';
import { aFinding, anIssue } from './helpers.ts';
import { hostile } from './hostile.ts';

/** `HOSTILE=100000` for the long form. */
const numRuns = Number(process.env['HOSTILE'] ?? runs(2_000));

const names = fc.array(fc.oneof(fc.constantFrom('alice', '_x_', 'all', 'a.b-c', 'root'), hostile), {
  maxLength: 3,
});
const ref = fc.oneof(fc.constant('sec/okrs#12'), hostile);

test('hostile words in a reminder run no quick action, mention no one else, and forge no marker', () => {
  fc.assert(
    fc.property(
      fc.record({ whom: names, asked: names, messages: fc.array(hostile, { minLength: 1, maxLength: 5 }) }),
      fc.array(
        fc.record({ person: hostile, issues: fc.array(fc.record({ ref, url: hostile }), { maxLength: 3 }) }),
        {
          maxLength: 2,
        },
      ),
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      ({ whom, asked, messages }, others, isReminder, nth) => {
        const body = pingBody({
          given: { on: '2026-12-01', whom, others: [] },
          points: messages.map((message) => aFinding({ message })),
          noun: 'Key Result',
          since: '2026-11-23',
          step: isReminder ? { nth, of: 3 } : { asked },
          others,
          nudgeUrl: 'https://gitlab.example.com/sec/okrs/-/issues/1#note_5',
          prefix: 'kr',
          policyId: undefined,
        });
        expect(extractCommands(body).commands).toEqual([]);
        const allowed = new Set(whom.map((name) => name.toLowerCase()));
        for (const name of mentionedNames(body))
          expect([name, allowed.has(name.toLowerCase())]).toEqual([name, true]);
        expect(mentionedNames(body).has('all')).toBe(false);
        expect(pingMark(body)?.on).toBe('2026-12-01');
        expect(body.match(/<!-- kr-hygiene/g)).toHaveLength(1);
      },
    ),
    { numRuns },
  );
});

test('hostile references in a first comment stay words', () => {
  fc.assert(
    fc.property(fc.array(ref, { maxLength: 5 }), fc.nat(20), (refs, more) => {
      const state = { since: '2026-11-23', greeted: [], mentioned: [], points: ['a/b/c'], weeks: [] };
      const known = { issue: anIssue(), policyId: 'default' };
      const body = withOthers(`Hello,\n\n${encodeMarker(state)}`, { refs, more }, known);
      expect(extractCommands(body).commands).toEqual([]);
      expect([...mentionedNames(body)]).toEqual([]);
      expect(body.match(/<!-- kr-hygiene/g)).toHaveLength(1);
    }),
    { numRuns },
  );
});
