import type { Assessment, AssessTools } from '../../assess/assess.ts';
import { assessChanged } from '../../assess/assess-changed.ts';
import { isAsCorrected } from '../../plan/comment/as-corrected.ts';
import type { Correctable, CorrectedField, Correction } from '../../plan/comment/corrections.ts';
import type { IssuePlan, PlanInput } from '../../plan/plan-issue.ts';

interface Known {
  assessment: Assessment;
  tools: AssessTools;
  /** ISO 8601 instant */
  now: string;
}

/**
 * Plans, and where the comment is written now and offers corrections, tries those first: the text is read again with
 * each of them in it. What would be read otherwise than it is meant is not offered. A comment that stays as it is was
 * tried when it was written.
 * @param plan makes the plan; it is made again where a correction has to be left out
 */
export async function planTried(
  input: PlanInput,
  plan: (input: PlanInput) => IssuePlan,
  known: Known,
): Promise<{ input: PlanInput; plan: IssuePlan }> {
  const first = plan(input);
  const isWritten = first.actions.some(({ type }) => type === 'create-note' || type === 'update-note');
  if (!isWritten || (first.corrections ?? []).every(({ isPlain }) => isPlain)) return { input, plan: first };
  const correctable = await triedCorrections(first.corrections ?? [], known);
  const tried = { ...input, correctable };
  return { input: tried, plan: plan(tried) };
}

/** The fields in which each may be corrected; plain ones are not tried. */
export async function triedCorrections(offered: readonly Correction[], known: Known): Promise<Correctable> {
  const { assessment, tools, now } = known;
  const result = new Map<number, readonly CorrectedField[]>();
  for (const correction of offered) {
    if (correction.isPlain) continue;
    result.set(correction.index, []);
    for (const fields of smallerAndSmaller(correction)) {
      const part = correction.only(fields);
      if (part === null) continue;
      if (!isAsCorrected(assessment, await assessChanged(part.pasted(), assessment, tools, now), part))
        continue;
      result.set(correction.index, fields);
      break;
    }
  }
  return result;
}

/** All fields, those of which the value is certain, each of these alone. */
function smallerAndSmaller({ values }: Correction): CorrectedField[][] {
  const all = [...values.keys()];
  const certain = all.filter((field) => values.get(field) !== null);
  return [
    all,
    ...(certain.length < all.length ? [certain] : []),
    ...(certain.length > 1 ? certain.map((field) => [field]) : []),
  ];
}
