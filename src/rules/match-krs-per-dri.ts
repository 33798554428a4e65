import { z } from 'zod';
import { part } from '../model/grouping.ts';
import { addTo } from '../model/groups.ts';
import type { KrKeys } from '../model/rule.ts';
import { counted } from '../text/words.ts';
import { defineSetRule } from './set-rule.ts';
import { byQuarter, exampleKrs, refsOf } from './shared/kr-sets.ts';
import { plain } from './shared/words.ts';

export const matchKrsPerDri = defineSetRule({
  id: 'match-krs-per-dri',
  description: 'No one is the overall DRI of more KRs than the team allows in one quarter.',
  why: 'Someone who answers for everything answers for nothing. The limit shows in time that work should be shared out.',
  options: z.strictObject({
    max: z.int().min(1).default(3).describe('How many KRs of one quarter a person may be assigned to.'),
  }),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'three KRs',
      keys: exampleKrs({ people: ['maya.o'] }, { people: ['maya.o'] }, { people: ['tom-b'] }),
      reports: [],
    },
    {
      shows: 'more than the team allows',
      options: { max: 1 },
      keys: exampleKrs({ people: ['maya.o'] }, { people: ['maya.o', 'tom-b'] }),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
    {
      shows: 'the DRI of confidential KRs is not named',
      options: { max: 1 },
      keys: exampleKrs(
        { people: ['maya.o'], confidential: true },
        { people: ['maya.o'], confidential: true },
      ),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
    {
      shows: 'as many, in two quarters',
      options: { max: 1 },
      keys: exampleKrs({ people: ['maya.o'] }, { people: ['maya.o'], quarter: 3 }),
      reports: [],
    },
  ],
  *check(keys, { max }) {
    for (const { name, keys: ofQuarter } of byQuarter(keys)) {
      const byPerson = new Map<string, number[]>();
      let index = 0;
      for (const { people } of ofQuarter) {
        for (const person of new Set(people)) addTo(byPerson, person, index);
        index += 1;
      }
      for (const [person, indices] of byPerson) {
        if (indices.length <= max) continue;
        // Someone may be the DRI of ten thousand: they are looked through one by one.
        const theirs = part(ofQuarter, Uint32Array.from(indices));
        // Someone with confidential KRs only is not named.
        const who = isAllConfidential(theirs) ? 'one person' : `@${plain(person)}`;
        const message = `${name}: ${who} is the DRI of ${counted(theirs.length, 'KR')}; at most ${max} wanted.`;
        yield { message, refs: refsOf(theirs) };
      }
    }
  },
});

function isAllConfidential(keys: Iterable<KrKeys>): boolean {
  for (const { confidential } of keys) if (!confidential) return false;
  return true;
}
