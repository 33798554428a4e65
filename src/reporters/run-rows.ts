import type { Finding, Severity } from '../model/finding.ts';
import type { SubjectReport } from '../model/report.ts';
import { CONFIDENTIAL } from '../records/redact.ts';
import { MOST_FINDINGS, oneLine, shortLine } from './terminal.ts';

/** One finding as a line of the log. */
export interface FindingRow {
  /** Those who are asked, `@ann`, `@ann, @bo`. */
  people: string;
  ref: string;
  url: string | null;
  severity: Severity;
  rule: string;
  message: string;
  hint: string | null;
}

/** What is, was or is not done on one issue. */
export interface DeedRow {
  ref: string;
  label: 'would' | 'done' | 'waits' | 'failed' | 'left';
  text: string;
}

export interface Tally {
  people: Map<string, { points: number; refs: Set<string> }>;
  rules: Map<string, number>;
  severities: Record<Severity, number>;
  /** People whom GitLab mails of first comments, by the number of mails. */
  mailed: Map<string, number>;
  comments: number;
  labels: number;
  waiting: number;
}

/** Everything the text for people is made of; what does not fit is counted. */
export interface Rows {
  findings: FindingRow[];
  deeds: DeedRow[];
  tally: Tally;
  left: { subjects: number; findings: number };
}

const noOne = '(no one is assigned)';

/**
 * Collects rows until `room` characters are used up; totals go on being counted.
 * @param room GitLab cuts a job's log off at 4 MiB
 */
export function createRows(room: number): { rows: Rows; add: (subject: SubjectReport) => void } {
  const rows: Rows = {
    findings: [],
    deeds: [],
    tally: {
      people: new Map(),
      rules: new Map(),
      severities: { error: 0, warning: 0, info: 0 },
      mailed: new Map(),
      comments: 0,
      labels: 0,
      waiting: 0,
    },
    left: { subjects: 0, findings: 0 },
  };
  let used = 0;
  return {
    rows,
    add(subject) {
      count(rows.tally, subject);
      const open = subject.findings.filter(({ waived }) => waived === undefined);
      // Where nothing fits any more, as for most of a large backlog, what there is is only counted.
      if (used >= room) {
        rows.left.subjects += open.length === 0 && !hasDeeds(subject) ? 0 : 1;
        rows.left.findings += open.length;
        return;
      }
      const findings = open.slice(0, MOST_FINDINGS).map((finding) => findingRow(subject, finding));
      const deeds = deedRows(subject);
      let length = 0;
      for (const row of findings) length += JSON.stringify(row).length;
      for (const row of deeds) length += JSON.stringify(row).length;
      if (used + length > room) {
        used = room;
        rows.left.subjects += open.length + deeds.length === 0 ? 0 : 1;
        rows.left.findings += open.length;
        return;
      }
      used += length;
      rows.findings.push(...findings);
      rows.deeds.push(...deeds);
      rows.left.findings += open.length - findings.length;
    },
  };
}

function count(tally: Tally, subject: SubjectReport): void {
  for (const finding of subject.findings) {
    if (finding.waived !== undefined) continue;
    tally.severities[finding.severity] += 1;
    tally.rules.set(finding.rule, (tally.rules.get(finding.rule) ?? 0) + 1);
    for (const person of peopleOf(subject, finding)) {
      const known = tally.people.get(person) ?? { points: 0, refs: new Set<string>() };
      known.points += 1;
      // A set that only tells few from many: enough for "in 5 KRs", and bounded.
      if (known.refs.size < 1_000) known.refs.add(subject.ref);
      tally.people.set(person, known);
    }
  }
  for (const { type, outcome } of subject.actions) {
    if (outcome === 'waiting') tally.waiting += 1;
    if (outcome !== 'planned' && outcome !== 'applied') continue;
    if (type === 'update-labels') tally.labels += 1;
    if (type !== 'create-note') continue;
    tally.comments += 1;
    const first = subject.reminder?.firstNudge;
    for (const name of first?.reached ?? first?.mentions ?? [])
      tally.mailed.set(name, (tally.mailed.get(name) ?? 0) + 1);
  }
}

function peopleOf(subject: SubjectReport, { people }: Finding): string[] {
  if (subject.confidential) return [CONFIDENTIAL];
  if (people.length > 0) return people.map((name) => `@${oneLine(name)}`);
  const { record } = subject;
  const assignees = record != null && 'assignees' in record ? record.assignees : [];
  return assignees.length > 0 ? assignees.map((name) => `@${oneLine(name)}`) : [noOne];
}

function findingRow(subject: SubjectReport, finding: Finding): FindingRow {
  return {
    people: peopleOf(subject, finding).join(', '),
    ref: oneLine(subject.ref),
    url: subject.url === null ? null : oneLine(subject.url),
    severity: finding.severity,
    rule: finding.rule,
    message: shortLine(finding.message),
    hint: finding.hint === null ? null : shortLine(finding.hint),
  };
}

const labels = {
  planned: 'would',
  applied: 'done',
  waiting: 'waits',
  failed: 'failed',
  unchanged: null,
} as const;

/** Whether `deedRows` would make any. */
function hasDeeds({ actions, restraint, error }: SubjectReport): boolean {
  if (restraint !== null || actions.some(({ outcome }) => labels[outcome] !== null)) return true;
  return error !== null && !actions.some(({ detail }) => detail === error);
}

function deedRows({ ref, actions, restraint, error }: SubjectReport): DeedRow[] {
  const rows = actions.flatMap(({ outcome, detail }): DeedRow[] => {
    const label = labels[outcome];
    return label === null ? [] : [{ ref: oneLine(ref), label, text: shortLine(detail) }];
  });
  if (restraint !== null) rows.push({ ref: oneLine(ref), label: 'left', text: shortLine(restraint) });
  // A failed action tells its reason itself.
  if (error !== null && !actions.some(({ detail }) => detail === error))
    rows.push({ ref: oneLine(ref), label: 'failed', text: shortLine(error) });
  return rows;
}
