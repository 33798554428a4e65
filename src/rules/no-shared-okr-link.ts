import { z } from 'zod';
import { grouping } from '../model/grouping.ts';
import { counted } from '../text/words.ts';
import { defineSetRule } from './set-rule.ts';
import { byQuarter, exampleKrs, refsOf } from './shared/kr-sets.ts';

export const noSharedOkrLink = defineSetRule({
  id: 'no-shared-okr-link',
  description: 'No two KRs of a quarter link to the same OKR record.',
  why: 'Each KR has a record of its own. Two with one link are nearly always a copied issue whose link was not changed, and the score of one lands on the other.',
  options: z.strictObject({
    max: z
      .int()
      .min(1)
      .default(1)
      .describe('How many KRs may share a link; more where KRs link to their objective.'),
  }),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'each its own record',
      keys: exampleKrs(
        { okrUrl: 'https://app.ally.io/objectives/20417' },
        { okrUrl: 'https://app.ally.io/objectives/20418' },
        {},
      ),
      reports: [],
    },
    {
      shows: 'one record for two',
      keys: exampleKrs(
        { okrUrl: 'https://app.ally.io/objectives/20417' },
        { okrUrl: 'https://app.ally.io/objectives/20417' },
      ),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
    {
      shows: 'one record for two, where the team allows it',
      options: { max: 2 },
      keys: exampleKrs(
        { okrUrl: 'https://app.ally.io/objectives/20417' },
        { okrUrl: 'https://app.ally.io/objectives/20417' },
      ),
      reports: [],
    },
  ],
  *check(keys, { max }) {
    for (const { name, keys: ofQuarter } of byQuarter(keys)) {
      for (const sharers of grouping(ofQuarter, ({ okrUrl }) => okrUrl)) {
        if (sharers.length <= max) continue;
        const message = `${name}: ${counted(sharers.length, 'KR')} link to the same OKR record.`;
        yield { message, refs: refsOf(sharers) };
      }
    }
  },
});
