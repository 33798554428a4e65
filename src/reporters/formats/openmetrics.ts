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

/** What each counts, and by which labels: two at most. */
const families = {
  kr_hygiene_krs: {
    help: 'Key Results by quarter and last reported status.',
    labels: ['quarter', 'status'],
  },
  kr_hygiene_milestones: {
    help: 'Milestones of Key Results by quarter and state.',
    labels: ['quarter', 'state'],
  },
  kr_hygiene_findings: { help: 'Open findings by rule and severity.', labels: ['rule', 'severity'] },
  kr_hygiene_findings_waived: { help: 'Findings accepted for now, by rule.', labels: ['rule'] },
  kr_hygiene_subjects: { help: 'Subjects by outcome of this run.', labels: ['status'] },
  kr_hygiene_actions: { help: 'Changes in GitLab by outcome.', labels: ['outcome'] },
  kr_hygiene_pings: { help: 'Reminders by outcome.', labels: ['outcome'] },
  kr_hygiene_requests: { help: 'Requests to GitLab in this run.', labels: ['kind'] },
  kr_hygiene_unread_sources: {
    help: 'Projects, groups and pages that could not be read.',
    labels: [],
  },
  kr_hygiene_complete: { help: '1 when everything was read and written, else 0.', labels: [] },
  kr_hygiene_report_timestamp_seconds: { help: 'The time of the data.', labels: [] },
} as const;

type Family = keyof typeof families;

/** A policy has some fifty; a report that has more was not written by one, and the rest is counted together. */
const mostRules = 500;

interface Gauges {
  /** @param labels their values, in the order of the family */
  add(family: Family, labels: readonly [first?: string, second?: string], value?: number): void;
  lines(): string[];
}

function createGauges(): Gauges {
  /** By the values of the first and of the second label; '' where a family has none. */
  const samples = new Map<Family, Map<string, Map<string, number>>>();
  const rules = new Set<string>();
  const known = (rule: string): string => {
    if (rules.size < mostRules) rules.add(rule);
    return rules.has(rule) ? rule : 'other';
  };
  return {
    add(family, [first = '', second = ''], value = 1) {
      const label = families[family].labels[0] === 'rule' ? known(first) : first;
      const ofFamily = at(samples, family, () => new Map<string, Map<string, number>>());
      const ofLabel = at(ofFamily, label, () => new Map<string, number>());
      ofLabel.set(second, (ofLabel.get(second) ?? 0) + value);
    },
    lines: () =>
      (Object.keys(families) as Family[]).flatMap((family) => {
        const values = samples.get(family);
        if (values === undefined) return [];
        return [
          `# TYPE ${family} gauge`,
          `# HELP ${family} ${families[family].help}`,
          ...[...written(family, values)]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([labels, value]) => `${family}${labels === '' ? '' : `{${labels}}`} ${value}`),
        ];
      }),
  };
}

/** The samples of a family by its labels as they are written; what is written alike is one sample. */
function written(
  family: Family,
  values: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Map<string, number> {
  const samples = new Map<string, number>();
  for (const [first, ofFirst] of values)
    for (const [second, value] of ofFirst) {
      const labels = families[family].labels
        .map((name, index) => `${name}="${labelText(index === 0 ? first : second)}"`)
        .join(',');
      samples.set(labels, (samples.get(labels) ?? 0) + value);
    }
  return samples;
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
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
  gauges.add('kr_hygiene_subjects', [status]);
  for (const { outcome } of actions) gauges.add('kr_hygiene_actions', [outcome]);
  for (const { rule, severity, waived } of findings) {
    if (waived === undefined) gauges.add('kr_hygiene_findings', [rule, severity]);
    else gauges.add('kr_hygiene_findings_waived', [rule]);
  }
  if (record == null) return;
  const quarter = record.quarter === null ? 'none' : quarterLabel(record.quarter);
  const state = subject.state ?? 'opened';
  if (!isWhole(record)) {
    gauges.add('kr_hygiene_krs', [quarter, 'confidential']);
    return;
  }
  gauges.add('kr_hygiene_krs', [quarter, standingOf(record, state, today)]);
  for (const milestone of record.milestones) {
    const word = milestone.overdue ? 'overdue' : milestone.state;
    gauges.add('kr_hygiene_milestones', [quarter, word]);
  }
}

function countSummary(summary: RunSummary, gauges: Gauges): void {
  for (const { rule, severity } of summary.setFindings) gauges.add('kr_hygiene_findings', [rule, severity]);
  for (const { outcome } of summary.pings ?? []) gauges.add('kr_hygiene_pings', [outcome]);
  for (const [kind, value] of Object.entries(summary.requests)) {
    gauges.add('kr_hygiene_requests', [kind], value);
  }
  gauges.add('kr_hygiene_unread_sources', [], summary.failures.length);
  gauges.add('kr_hygiene_complete', [], isIncomplete(summary) ? 0 : 1);
  gauges.add('kr_hygiene_report_timestamp_seconds', [], Date.parse(summary.generatedAt) / 1000);
}
