import type { SubjectReport } from '../../model/report.ts';

/** Counts KRs of whose points no one could be told. */
export interface NotReachedTally {
  add(subject: Pick<SubjectReport, 'ref' | 'confidential' | 'notReached'>): void;
  /** One sentence, or none. */
  warnings(): string[];
}

/** So many are named. */
const NAMED = 5;

export function createNotReachedTally(): NotReachedTally {
  const named: string[] = [];
  let count = 0;
  return {
    add({ ref, confidential, notReached }) {
      if (notReached !== true) return;
      count += 1;
      if (!confidential && named.length < NAMED) named.push(ref);
    },
    warnings() {
      if (count === 0) return [];
      const more = count > named.length ? [`${count - named.length} more`] : [];
      const where = [...named, ...more].join(', ');
      return [
        `No one was reached on ${count === 1 ? 'one KR' : `${count} KRs`}: of those who could be asked, no one has an active account (${where}). Assign somebody who has.`,
      ];
    },
  };
}
