import { dayAt, quartersBack } from '../model/calendar.ts';
import { addDays } from '../model/days.ts';
import { holdsDigest } from '../model/digest-mark.ts';
import { mainKind } from '../model/document.ts';
import { GatewayError } from '../model/errors.ts';
import type { Issue, Project } from '../model/issue.ts';
import type { PolicySettings } from '../model/policy.ts';
import type { IssueReader, IssueSource } from '../model/ports.ts';
import type { SourceFailure } from '../model/report.ts';
import type { OtherSubjects, Policy } from '../model/rule.ts';
import { ahead } from './ahead.ts';
import { carriesOurs, type Leaving, leftLists } from './left.ts';

/** What a scan meets: an issue to look after, or a source that could not be read (to its end). */
export type Scanned = ScannedIssue | { failure: SourceFailure };

export interface ScannedIssue {
  issue: Issue;
  kind: typeof mainKind | 'okr';
  /** A closed KR, read for its past only; which quarter it is of was not looked at. */
  historical: boolean;
  /** It carries our labels, and the policy does not select it (any more). */
  left?: Leaving;
}

/** How a source is named in messages: `project group/a`, `group 12`. */
export function sourceName(source: IssueSource): string {
  return 'project' in source ? `project ${source.project}` : `group ${source.group}`;
}

/**
 * Streams the KRs of all sources, each once, in the order GitLab lists them; after those of a source its OKRs, the
 * KRs that were closed lately, and issues that carry our labels although they are none of these. A source that fails is
 * yielded as a failure and does not stop the others.
 * @throws GatewayError when it is fatal for the run: bad token, missing scope
 */
export async function* scan(
  sources: readonly IssueSource[],
  policy: Policy,
  reader: IssueReader,
  now: string,
): AsyncGenerator<Scanned> {
  const lists = listsOf(policy, now);
  // Sources may overlap (a group and one of its projects), and so may the lists of one source: an issue that is closed
  // between two of them is in both. One list alone never repeats an issue.
  const seen = sources.length > 1 || lists.length > 1 ? new Set<number>() : null;
  const isLeft = (issue: Issue): boolean =>
    carriesOurs(issue, policy.settings.labels) && lists.every((list) => list.unselected(issue, now) !== null);
  const open = (source: IssueSource): AsyncGenerator<Listed> => listed(source, lists, reader);
  for await (const { source, items } of ahead(sources, open, policy.settings.limits.concurrency)) {
    try {
      for await (const { unselected, ...scanned } of items) {
        const { issue } = scanned;
        if (seen?.has(issue.id)) continue;
        if (unselected(issue, now) === null) {
          if (await isOwnDigest(issue, policy.settings, reader)) continue;
          seen?.add(issue.id);
          yield scanned;
        } else if (isLeft(issue)) {
          seen?.add(issue.id);
          yield { ...scanned, historical: false, left: issue.state === 'closed' ? 'closed' : 'unselected' };
        }
      }
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
      yield { failure: { source: sourceName(source), message: error.message } };
    }
  }
}

/** The bot does not nudge itself, whatever the policy selects. */
async function isOwnDigest(
  { description, author }: Issue,
  { formerBots }: PolicySettings,
  reader: IssueReader,
): Promise<boolean> {
  if (!holdsDigest(description)) return false;
  const { id } = await reader.currentUser();
  const name = author.username.toLowerCase();
  return author.id === id || formerBots.some((former) => former.toLowerCase() === name);
}

type Listed = ScannedIssue & Pick<OtherSubjects, 'unselected'>;

/** What GitLab lists of one source, list after list; the rest of the selection is not applied yet. */
async function* listed(
  source: IssueSource,
  lists: readonly List[],
  reader: IssueReader,
): AsyncGenerator<Listed> {
  if ('project' in source) assertReadable(await reader.project(source.project));
  const resolved = 'project' in source ? { project: (await reader.project(source.project)).id } : source;
  for (const { filter, ...what } of lists)
    for await (const issue of reader.issues(resolved, filter)) yield { issue, ...what };
}

type List = OtherSubjects & Omit<ScannedIssue, 'issue'>;

function listsOf({ filter, unselected, okrs, closedKrs, settings }: Policy, now: string): List[] {
  const since = closedKrs === null ? null : startOfHistory(settings, now);
  return [
    { filter, unselected, kind: mainKind, historical: false },
    ...(okrs === null ? [] : [{ ...okrs, kind: 'okr' as const, historical: false }]),
    ...(closedKrs === null || since === null
      ? []
      : [
          {
            ...closedKrs,
            filter: { ...closedKrs.filter, updatedAfter: `${since}T00:00:00Z` },
            kind: mainKind,
            historical: true,
          },
        ]),
    ...leftLists(settings, now).map((list) => ({ ...list, unselected: () => 'no longer selected' })),
  ];
}

/** The first day of the earliest quarter whose closed KRs are read; a day earlier, as days begin elsewhere. */
function startOfHistory({ calendar, dashboard }: PolicySettings, now: string): string {
  const quarters = quartersBack(dayAt(now, calendar) ?? now.slice(0, 10), dashboard.quarters, calendar);
  return addDays(quarters.at(-1)?.start ?? now.slice(0, 10), -1);
}

function assertReadable(project: Project): void {
  if (!project.issuesEnabled) {
    throw new GatewayError(
      'issues-disabled',
      `Issues are switched off in ${project.path}. Switch them on under Settings > General > Visibility, or take the project out of the sources.`,
    );
  }
  if (project.archived) {
    throw new GatewayError(
      'archived',
      `${project.path} is archived, so nothing in it can be changed. Take it out of the sources, or unarchive it.`,
    );
  }
}
