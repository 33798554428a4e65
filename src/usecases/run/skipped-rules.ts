import type { SubjectReport } from '../../model/report.ts';

/** Counts rules that could not be evaluated, so that a rule of the team's own that always fails is not silent. */
export interface SkippedTally {
  add(subject: SubjectReport): void;
  /** One sentence a rule. */
  warnings(): string[];
}

export function createSkippedTally(): SkippedTally {
  const tally = new Map<string, { count: number; reason: string | null }>();
  return {
    add({ skippedRules, confidential }) {
      for (const { rule, reason } of skippedRules) {
        const known = tally.get(rule) ?? { count: 0, reason: null };
        // A reason may quote the text, and not everyone may read a confidential one.
        tally.set(rule, { count: known.count + 1, reason: known.reason ?? (confidential ? null : reason) });
      }
    },
    warnings: () =>
      [...tally].map(([rule, { count, reason }]) => {
        const where = count === 1 ? 'one KR' : `${count} KRs`;
        return `The rule ${rule} could not be evaluated on ${where}${reason === null ? '' : `: ${reason}`}.`;
      }),
  };
}
