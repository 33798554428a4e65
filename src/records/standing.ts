import { addDays, mondayOf } from '../model/days.ts';
import type { StatusValue } from '../model/document.ts';
import type { SubjectRecord } from '../model/record.ts';

/** How a KR is doing, by what its people last said; `silent`: they said nothing of this week or the last. */
export type Standing = StatusValue | 'silent' | 'closed';

export const standings: readonly Standing[] = ['off-track', 'at-risk', 'on-track', 'silent', 'closed'];

/**
 * The claimed status counts while it is of this week or the last one; what is older is silence, whatever it was.
 * @param today `YYYY-MM-DD`
 */
export function standingOf(
  record: Pick<SubjectRecord, 'status'>,
  state: 'opened' | 'closed',
  today: string,
): Standing {
  if (state === 'closed') return 'closed';
  const { claimed, week } = record.status;
  if (claimed === null || week === null) return 'silent';
  return week >= addDays(mondayOf(today), -7) ? claimed : 'silent';
}
