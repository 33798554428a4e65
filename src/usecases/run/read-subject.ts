import { type Assessment, assess } from '../../assess/assess.ts';
import { quarterOfTitle } from '../../assess/context.ts';
import { issueFacts } from '../../assess/issue-facts.ts';
import type { Past } from '../../assess/past.ts';
import { dayAt, quartersBack } from '../../model/calendar.ts';
import { mainKind } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue } from '../../model/issue.ts';
import type { SourceFailure } from '../../model/report.ts';
import { memberLookup } from '../../scan/members.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import { offeredCheckIn } from './offered-check-in.ts';
import type { RunOptions } from './options.ts';
import { createPastReader } from './read-past.ts';

export interface ReadSubject {
  assessment: Assessment;
  past: Past | GatewayError;
  /** An earlier run knew it, and nothing has changed since. */
  recalled: boolean;
  /** Of an OKR whose owner is asked for one: a check-in made from the updates of its KRs. */
  checkIn: string | null;
}

/** Reads subjects with their past and evaluates them; what is the same for many is read once. */
export interface SubjectReader {
  /**
   * Where comments or events cannot be read, what the description lacks is still found, and the error takes the place
   * of the past.
   * @param fresh true: what earlier runs know is left aside
   */
  read(scanned: ScannedIssue, fresh?: boolean): Promise<ReadSubject>;
  /** Whether a closed KR is of one of the quarters whose KRs are kept in view. */
  isOfInterest(closed: Issue): Promise<boolean>;
  /** Sentences for the report. */
  warnings(): string[];
}

/** @param now ISO 8601 instant, the same for the whole run */
export function createSubjectReader(
  options: RunOptions,
  now: string,
  fail: (failure: SourceFailure) => void,
): SubjectReader {
  const { policy, documents, reader } = options;
  const { calendar, dashboard } = policy.settings;
  const membersOf = memberLookup(reader, fail);
  const pasts = createPastReader(reader, options.memory);
  const today = dayAt(now, calendar) ?? now.slice(0, 10);
  const starts = new Set(quartersBack(today, dashboard.quarters, calendar).map(({ start }) => start));
  const read = async (
    { issue, kind, historical }: ScannedIssue,
    fresh: boolean,
  ): Promise<Omit<ReadSubject, 'checkIn'>> => {
    const remembered = fresh ? null : ((await options.memory?.recall(issue)) ?? null);
    const members = await membersOf(issue.projectId, issue.description);
    const past = await pasts.read(issue, members?.accessLevels, remembered).catch((error: unknown) => {
      if (error instanceof GatewayError) return error;
      throw error;
    });
    const text = { kind, source: issue.description, facts: issueFacts(issue, members), historical };
    const known = {
      ...(past instanceof GatewayError ? {} : { past }),
      ...(remembered?.document.kind === kind ? { document: remembered.document } : {}),
    };
    const assessment = await assess({ ...text, ...known }, options, now);
    return { assessment, past, recalled: remembered !== null && remembered.activity !== null };
  };
  return {
    async read(scanned, fresh = false) {
      const found = await read(scanned, fresh);
      if (scanned.kind !== 'okr' || found.past instanceof GatewayError) return { ...found, checkIn: null };
      const okr = {
        issue: scanned.issue,
        systemNotes: found.past.activity.systemNotes,
        assessment: found.assessment,
      };
      const krs = {
        issue: (project: string, iid: number) => reader.issue(project, iid),
        assess: async (issue: Issue): Promise<Assessment> => {
          const { assessment, past } = await read({ issue, kind: mainKind, historical: false }, fresh);
          if (past instanceof GatewayError) throw past;
          return assessment;
        },
      };
      return { ...found, checkIn: await offeredCheckIn(okr, krs, options, now) };
    },
    async isOfInterest({ title, confidential }) {
      const document = await documents.read(mainKind, '', { title, now, confidential });
      const quarter = quarterOfTitle(document, calendar);
      return quarter !== null && starts.has(quarter.start);
    },
    warnings: () => pasts.warnings(),
  };
}
