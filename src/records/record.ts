import type { ConfidentialRecord, SubjectRecord } from '../model/record.ts';

/** Whether there is more to a record than its quarter: it is known, and not that of a confidential subject. */
export function isWhole(
  record: SubjectRecord | ConfidentialRecord | null | undefined,
): record is SubjectRecord {
  return record != null && 'milestones' in record;
}
