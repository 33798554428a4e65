import { dayAt, quartersBack } from '../model/calendar.ts';
import { addDays } from '../model/days.ts';
import { holdsDigest } from '../model/digest-mark.ts';
import { mainKind } from '../model/document.ts';
import { GatewayError } from '../model/errors.ts';
import type { Issue, Project } from '../model/issue.ts';
import { isOwnUser } from '../model/nudge-note.ts';
import { createNumberSet } from '../model/number-set.ts';
import type { PolicySettings } from '../model/policy.ts';
import type { IssueFilter, IssueReader, IssueSource } from '../model/ports.ts';
import type { SourceFailure } from '../model/report.ts';
import type { OtherSubjects, Policy } from '../model/rule.ts';
import { ahead } from './ahead.ts';
import { carriesOurs, type Leaving, leftLists } from './left.ts';
import { isPair, together } from './together.ts';

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
 * Whether issues are looked for that carry our labels and are not selected any more: `always`; `never`: the caller has
 * no use for them; or not where a large backlog carries none of our labels, for then it is most likely that no run has
 * ever written there: `notLookedFor` is told, with the number of issues that were listed.
 */
export type LookForLeft = 'always' | 'never' | { notLookedFor: (listed: number) => void };

/** So many issues without one of our labels: the bot, which labels what it looks after, was never here. */
const LARGE = 500;

/**
 * Streams the KRs of all sources, each once, in the order GitLab lists them, those that were closed lately among them;
 * after those of a source its OKRs; last, of all sources, issues that carry our labels although they are none of these.
 * A source that fails is yielded as a failure and does not stop the others.
 * @throws GatewayError when it is fatal for the run: bad token, missing scope
 */
export async function* scan(
  sources: readonly IssueSource[],
  policy: Policy,
  reader: IssueReader,
  now: string,
  lookForLeft: LookForLeft = 'never',
): AsyncGenerator<Scanned> {
  const { settings } = policy;
  const lists = listsOf(policy, now);
  // Sources may overlap (a group and one of its projects), and so may the lists of one source: an issue that is closed
  // between two of them is in both.
  const seen = createNumberSet();
  const failed = new Set<IssueSource>();
  let met = 0;
  let anyOurs = false;
  async function* read(
    from: readonly IssueSource[],
    open: (source: IssueSource) => AsyncGenerator<Listed>,
  ): AsyncGenerator<Scanned> {
    for await (const { source, items } of ahead(from, open, settings.limits.concurrency)) {
      try {
        for await (const listed of items) {
          const { issue } = listed;
          if (seen.has(issue.id)) continue;
          met += 1;
          const isOurs = carriesOurs(issue, settings.labels);
          anyOurs ||= isOurs;
          const scanned = await selected(listed, isOurs);
          if (scanned === null) continue;
          seen.add(issue.id);
          yield scanned;
        }
      } catch (error) {
        if (!(error instanceof GatewayError) || error.fatal) throw error;
        failed.add(source);
        yield { failure: { source: sourceName(source), message: error.message } };
      }
    }
  }
  const selected = async (
    { unselected, ...scanned }: Listed,
    isOurs: boolean,
  ): Promise<ScannedIssue | null> => {
    const { issue } = scanned;
    if (unselected(issue, now) === null) return (await isOwnDigest(issue, settings, reader)) ? null : scanned;
    if (!isOurs || lists.some((list) => list.unselected(issue, now) === null)) return null;
    return { ...scanned, historical: false, left: issue.state === 'closed' ? 'closed' : 'unselected' };
  };

  yield* read(sources, (source) => listed(source, lists, reader));
  if (lookForLeft === 'never') return;
  const left = leftLists(settings, now).map((list) => ({ ...list, unselected: () => 'no longer selected' }));
  const readable = sources.filter((source) => !failed.has(source));
  if (lookForLeft !== 'always' && left.length > 0 && met >= LARGE && !anyOurs) lookForLeft.notLookedFor(met);
  else if (left.length > 0) yield* read(readable, (source) => listed(source, left, reader));
}

/** The bot does not nudge itself, whatever the policy selects. */
async function isOwnDigest(
  { description, author }: Issue,
  { formerBots }: PolicySettings,
  reader: IssueReader,
): Promise<boolean> {
  if (!holdsDigest(description)) return false;
  const { id } = await reader.currentUser();
  return isOwnUser(author, { userId: id, formerBots });
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
  const ask = (filter: IssueFilter): AsyncIterable<Issue> => reader.issues(resolved, filter);
  const [open, ...others] = lists;
  const closed = others.find(({ historical }) => historical);
  const isOne = open !== undefined && closed !== undefined && isPair(open.filter, closed.filter);
  if (isOne) {
    for await (const { issue, isOpen } of together(ask, open.filter, closed.filter)) {
      const { filter: _, ...what } = isOpen ? open : closed;
      yield { issue, ...what };
    }
  }
  for (const { filter, ...what } of isOne ? others.filter((list) => list !== closed) : lists)
    for await (const issue of ask(filter)) yield { issue, ...what };
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
