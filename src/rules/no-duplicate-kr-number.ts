import { z } from 'zod';
import { defineSetRule } from './set-rule.ts';
import { byObjective, group, refsOf } from './shared/kr-sets.ts';

export const noDuplicateKrNumber = defineSetRule({
  id: 'no-duplicate-kr-number',
  description: 'No two KRs of an OKR have the same number in the same quarter.',
  why: 'KR numbers are how people talk about KRs. Two with one number means that somebody reads the wrong issue.',
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  *check(keys) {
    for (const { name, keys: ofObjective } of byObjective(keys)) {
      for (const twins of group(ofObjective, ({ number }) => number)) {
        if (twins.length < 2) continue;
        yield {
          message: `${name}: ${twins.length} KRs are numbered KR${twins[0]?.number}.`,
          refs: refsOf(twins),
        };
      }
    }
  },
});
