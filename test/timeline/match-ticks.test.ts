import { expect, test } from '@jest/globals';
import type { KrMilestone } from '../../src/model/document.ts';
import { tickMatcher } from '../../src/timeline/match-ticks.ts';

/** A matcher for milestones that are these lines of a description. */
function matcherOf(...lines: string[]) {
  const source = lines.join('\n');
  let offset = 0;
  const milestones = lines.map((line) => {
    const start = { line: 1, column: 1, offset };
    offset += line.length + 1;
    return { place: { start, end: { ...start, offset: offset - 1 } } } as KrMilestone;
  });
  return tickMatcher(milestones, source);
}

const match = matcherOf(
  '- [x] Milestone 1: Description: Inventory of **all** signing keys Due Date: 2026-11-13 DRI: @ann',
  '- [ ] Milestone 2: Description: Rotation by the pipeline of every key Due Date: 2026-12-04 DRI: @bo',
  '- [ ] Training for the late shift',
);

test.each([
  ['the same words', 'Training for the late shift', 2],
  ['other mark-up and blanks', 'milestone 1:  Inventory of all signing keys', 0],
  ['another date and another person', 'Milestone 2: Rotation by the pipeline of every key 2027-01-08 @cy', 1],
  ['fewer than half of the words, and the name', 'Milestone 2: Each key replaced by hand', 1],
  ['fewer than half of the words, and no name', 'Each key replaced by hand', null],
  ['the name alone', 'Milestone 2: Offices moved', null],
  ['nothing of any of them', 'Offices moved', null],
  ['no letters at all', '- [ ] …', null],
])('%s', (_, text, index) => expect(match(text)).toBe(index));

test('what could be two milestones is neither', () => {
  const twins = matcherOf(
    '- [ ] Rotate the keys',
    '- [ ] Rotate the keys',
    '- [ ] Rotate the keys of Berlin',
  );
  expect([twins('Rotate the keys'), twins('Rotate the keys of Berlin')]).toEqual([null, 2]);
});
