import { quarterName, quarterOf } from '../../model/calendar.ts';
import { dayIn } from '../../model/days.ts';
import type { ReportHead, RunSummary, SubjectReport } from '../../model/report.ts';
import { isIncomplete } from '../../records/incomplete.ts';
import { calendarOf, quarterOfName } from '../../records/quarters.ts';
import { isWhole } from '../../records/record.ts';
import { standingOf } from '../../records/standing.ts';
import { memo } from '../../text/memo.ts';
import { atTheEnd, defineReporter } from '../reporter.ts';

/**
 * OpenMetrics text, for Prometheus to scrape from the published pages. Labels have bounds: rules of the policy,
 * quarters within two years of the report, words of ours; never an issue, a person, a week or a title.
 */
export const openmetrics = defineReporter({
  name: 'openmetrics',
  description: 'OpenMetrics, for Prometheus',
  of: ['issues'],
  file: 'metrics.txt',
  open() {
    const gauges = createGauges();
    let times: Times | null = null;
    return atTheEnd(
      (subject, head) => {
        times ??= timesOf(head);
        countSubject(subject, times, gauges);
      },
      (summary) => {
        countSummary(summary, gauges);
        return `${gauges.lines().join('\n')}\n# EOF\n`;
      },
    );
  },
});

const families = {
  kr_hygiene_krs: 'Key Results by quarter and last reported status.',
  kr_hygiene_milestones: 'Milestones of Key Results by quarter and state.',
  kr_hygiene_findings: 'Open findings by rule and severity.',
  kr_hygiene_findings_waived: 'Findings accepted for now, by rule.',
  kr_hygiene_subjects: 'Subjects by outcome of this run.',
  kr_hygiene_actions: 'Changes in GitLab by outcome.',
  kr_hygiene_pings: 'Reminders by outcome.',
  kr_hygiene_requests: 'Requests to GitLab in this run.',
  kr_hygiene_unread_sources: 'Projects, groups and pages that could not be read.',
  kr_hygiene_complete: '1 when everything was read and written, else 0.',
  kr_hygiene_report_timestamp_seconds: 'The time of the data.',
} as const;

type Family = keyof typeof families;

/** A policy has some fifty; a report that has more was not written by one, and the rest is counted together. */
const mostRules = 500;

interface Gauges {
  add(family: Family, labels: Record<string, string>, value?: number): void;
  lines(): string[];
}

function createGauges(): Gauges {
  const samples = new Map<Family, Map<string, number>>();
  const rules = new Set<string>();
  return {
    add(family, labels, value = 1) {
      const { rule } = labels;
      if (rule !== undefined && rules.size < mostRules) rules.add(rule);
      const known = rule === undefined || rules.has(rule);
      const text = Object.entries(known ? labels : { ...labels, rule: 'other' })
        .map(([name, label]) => `${name}="${labelText(label)}"`)
        .join(',');
      const values = samples.get(family) ?? new Map<string, number>();
      values.set(text, (values.get(text) ?? 0) + value);
      samples.set(family, values);
    },
    lines: () =>
      (Object.keys(families) as Family[]).flatMap((family) => {
        const known = [...(samples.get(family) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
        if (known.length === 0) return [];
        return [
          `# TYPE ${family} gauge`,
          `# HELP ${family} ${families[family]}`,
          ...known.map(([labels, value]) => `${family}${labels === '' ? '' : `{${labels}}`} ${value}`),
        ];
      }),
  };
}

/** A label's value: escaped, on one line, bounded. */
function labelText(label: string): string {
  return label
    .slice(0, 200)
    .replace(/\p{Cc}|\p{Surrogate}/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
}

/** What is the same for all subjects of a report. */
interface Times {
  today: string;
  quarterLabel: (name: string) => string;
}

function timesOf(head: ReportHead): Times {
  const calendar = calendarOf(head);
  const today = dayIn(head.generatedAt, calendar.timeZone);
  const { fiscalYear } = quarterOf(today, calendar);
  return {
    today,
    // Titles name quarters, and people may write any: those far away are counted together.
    quarterLabel: memo((name) => {
      const range = quarterOfName(name, calendar);
      return range !== null && Math.abs(range.fiscalYear - fiscalYear) <= 2 ? quarterName(range) : 'other';
    }),
  };
}

function countSubject(subject: SubjectReport, { today, quarterLabel }: Times, gauges: Gauges): void {
  const { record, findings, status, actions } = subject;
  gauges.add('kr_hygiene_subjects', { status });
  for (const { outcome } of actions) gauges.add('kr_hygiene_actions', { outcome });
  for (const { rule, severity, waived } of findings) {
    if (waived === undefined) gauges.add('kr_hygiene_findings', { rule, severity });
    else gauges.add('kr_hygiene_findings_waived', { rule });
  }
  if (record == null) return;
  const quarter = record.quarter === null ? 'none' : quarterLabel(record.quarter);
  const state = subject.state ?? 'opened';
  if (!isWhole(record)) {
    gauges.add('kr_hygiene_krs', { quarter, status: 'confidential' });
    return;
  }
  gauges.add('kr_hygiene_krs', { quarter, status: standingOf(record, state, today) });
  for (const milestone of record.milestones) {
    const word = milestone.overdue ? 'overdue' : milestone.state;
    gauges.add('kr_hygiene_milestones', { quarter, state: word });
  }
}

function countSummary(summary: RunSummary, gauges: Gauges): void {
  for (const { rule, severity } of summary.setFindings) gauges.add('kr_hygiene_findings', { rule, severity });
  for (const { outcome } of summary.pings ?? []) gauges.add('kr_hygiene_pings', { outcome });
  for (const [kind, value] of Object.entries(summary.requests)) {
    gauges.add('kr_hygiene_requests', { kind }, value);
  }
  gauges.add('kr_hygiene_unread_sources', {}, summary.failures.length);
  gauges.add('kr_hygiene_complete', {}, isIncomplete(summary) ? 0 : 1);
  gauges.add('kr_hygiene_report_timestamp_seconds', {}, Date.parse(summary.generatedAt) / 1000);
}
