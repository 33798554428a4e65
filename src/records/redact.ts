import { type ReminderFacts, renamed } from '../model/reminder.ts';
import type { SubjectReport } from '../model/report.ts';

/** What is in a report in place of a confidential issue's words. */
export const CONFIDENTIAL = '(confidential)';

/**
 * A subject as it may be published. Job logs and artifacts have other readers than a confidential issue has: of such
 * an issue only the reference, rule names, severities and places are told, never its title, a quote or a name.
 */
export function publishable(subject: SubjectReport): SubjectReport {
  if (!subject.confidential) return subject;
  return {
    ...subject,
    title: CONFIDENTIAL,
    findings: subject.findings.map(({ waived, unsafeEdit: _unsafe, ...finding }) => ({
      ...finding,
      ...(waived === undefined ? {} : { waived: { ...waived, by: CONFIDENTIAL, because: null } }),
      message: CONFIDENTIAL,
      hint: null,
      people: [],
      subject: { part: finding.subject.part === 'milestone' ? 'text' : finding.subject.part },
      edit: null,
    })),
    skippedRules: subject.skippedRules.map(({ rule }) => ({ rule, reason: CONFIDENTIAL })),
    comment: null,
    ...(subject.reminder == null ? {} : { reminder: withoutNames(subject.reminder) }),
    ...(subject.record == null ? {} : { record: { quarter: subject.record.quarter } }),
  };
}

/** Keys of people stay: a shard needs them to tell the merge who is told how often. */
function withoutNames(facts: ReminderFacts): ReminderFacts {
  return renamed(facts, (names) => names.filter((name) => name.startsWith('#')));
}
