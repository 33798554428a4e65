import { addDays } from '../../model/days.ts';
import { mainKind } from '../../model/document.ts';
import type { RunSummary, SubjectReport } from '../../model/report.ts';
import type { Report } from '../../records/read-report.ts';
import { isWhole } from '../../records/record.ts';
import { publishable } from '../../records/redact.ts';

/**
 * What the digest needs of the subjects of a run, which is over by the time when it is written: KRs of the quarter
 * alone, and of these only what is open or new. A few hundred bytes each.
 */
export interface DigestFacts {
  add(subject: SubjectReport): void;
  report(summary: RunSummary): Report;
}

/** @param quarter `FY27-Q4`; @param today `YYYY-MM-DD` */
export function digestFacts(quarter: string, today: string): DigestFacts {
  const subjects: SubjectReport[] = [];
  const since = addDays(today, -14);
  return {
    add(subject) {
      if (subject.kind !== mainKind || subject.record?.quarter !== quarter) return;
      subjects.push(reduced(publishable(subject), since));
    },
    report: (summary) => ({ ...summary, subjects }),
  };
}

function reduced(subject: SubjectReport, since: string): SubjectReport {
  const { record } = subject;
  const kept = { ...subject, findings: [], skippedRules: [], actions: [], comment: null, reminder: null };
  if (!isWhole(record)) return kept;
  return {
    ...kept,
    record: {
      ...record,
      milestones: record.milestones.filter(({ state }) => state === 'open'),
      updates: record.updates.filter(({ status }) => status !== null).slice(-2),
      timeline: record.timeline.filter(({ on }) => on >= since),
      answers: [],
    },
  };
}
