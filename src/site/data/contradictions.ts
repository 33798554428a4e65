import type { SubjectRecord } from '../../model/record.ts';

/** Percentage points between a claim and what else is known, from which they are said to disagree. */
const gap = 25;

/** Where what people claim and what the issue shows do not go together, in words. Nothing is corrected. */
export function contradictionsOf(
  record: Pick<SubjectRecord, 'status' | 'progress' | 'milestones'>,
): string[] {
  const { claimed, milestones, expected } = record.progress;
  const overdue = record.milestones.filter((milestone) => milestone.overdue).length;
  const onTrack = record.status.claimed === 'on-track';
  return [
    ...(onTrack && overdue > 0
      ? [`Says on track, but ${overdue === 1 ? 'one milestone is' : `${overdue} milestones are`} overdue.`]
      : []),
    ...(claimed !== null && milestones !== null && claimed - milestones >= gap
      ? [`Says ${Math.round(claimed)} %, but ${Math.round(milestones)} % of its milestones are done.`]
      : []),
    ...(onTrack && claimed !== null && expected !== null && expected - claimed >= gap
      ? [
          `Says on track at ${Math.round(claimed)} %, while ${Math.round(expected)} % of the quarter’s business days have passed.`,
        ]
      : []),
  ];
}
