import { quarterName, quarterOf } from '../../model/calendar.ts';
import { dayIn, mondayOf } from '../../model/days.ts';
import { GatewayError } from '../../model/errors.ts';
import type { PolicySettings } from '../../model/policy.ts';
import type { Ping } from '../../model/record.ts';
import type { DigestReport, RunSummary, SourceFailure, SubjectReport } from '../../model/report.ts';
import { renderDigest } from '../../site/digest.ts';
import { reportCalendar } from '../run/calendar.ts';
import { digestFacts } from './digest-facts.ts';
import { type DigestPorts, keepDigest } from './keep-digest.ts';

/** The last step of a run over everything, or of a merge: the digest of the quarter. */
export interface DigestJob {
  add(subject: SubjectReport): void;
  /**
   * Writes the digest, or says what it would write, and adds what came of it to the summary.
   * @param ports null: nothing may be sent, so it is not known what is there
   */
  keep(summary: RunSummary, ports: DigestPorts | null): Promise<RunSummary>;
}

/**
 * @param now ISO 8601 instant, that of the run
 * @returns null where the policy names no project for it
 */
export function createDigestJob(settings: PolicySettings, now: string): DigestJob | null {
  const { project } = settings.digest;
  if (project === null) return null;
  const calendar = reportCalendar(settings);
  const today = dayIn(now, calendar.timeZone);
  const range = quarterOf(today, calendar);
  const quarter = quarterName(range);
  const facts = digestFacts(quarter, today);
  const { needsAttention } = settings.labels;
  const { labels } = settings.select;
  return {
    add: (subject) => facts.add(subject),
    async keep(summary, ports) {
      if (ports === null) return withDigest(summary, notLookedUp(project), { project, today });
      const digest = renderDigest(facts.report(summary), {
        policy: settings.id,
        needsAttention,
        labels,
      });
      const of = { settings, quarter, start: range.start, monday: mondayOf(today) };
      try {
        return withDigest(summary, await keepDigest(digest, of, ports), { project, today });
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        const failed = { type: 'update-issue' as const, outcome: 'failed' as const, detail: error.message };
        return withDigest(summary, { ref: null, url: null, actions: [failed] }, { project, today });
      }
    },
  };
}

function notLookedUp(project: string | number): DigestReport {
  const detail = `write the digest of the quarter in project ${project} (nothing is sent, so it is not known what is there)`;
  return { ref: null, url: null, actions: [{ type: 'update-issue', outcome: 'planned', detail }] };
}

function withDigest(
  summary: RunSummary,
  digest: DigestReport,
  { project, today }: { project: string | number; today: string },
): RunSummary {
  const failures = digest.actions
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ detail }): SourceFailure => ({ source: `digest in project ${project}`, message: detail }));
  // It notifies those who subscribe, so it is named where everything is that notifies.
  const comments = digest.actions
    .filter(({ type, outcome }) => type === 'create-note' && outcome !== 'unchanged')
    .map(({ outcome }): Ping => {
      const ref = digest.ref ?? String(project);
      return { ref, whom: [], on: today, because: digestComment, outcome: outcome as Ping['outcome'] };
    });
  return {
    ...summary,
    failures: [...summary.failures, ...failures],
    pings: [...(summary.pings ?? []), ...comments],
    digest,
  };
}

const digestComment = 'the weekly comment on the digest';
