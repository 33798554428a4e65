import pLimit from 'p-limit';
import type { Issue } from '../../model/issue.ts';
import { underAnyName } from '../../model/nudge-note.ts';
import { createNumberSet, type NumberSet } from '../../model/number-set.ts';
import type { PolicySettings } from '../../model/policy.ts';
import type { IssueFilter } from '../../model/ports.ts';
import { personKey, type ReminderFacts } from '../../model/reminder.ts';
import type { Sequence } from '../../model/sequence.ts';
import { rememberedFacts } from '../../plan/reminder-facts.ts';
import type { BusinessDays } from '../../remind/business-days.ts';
import type { RemindedSubject } from '../../remind/due.ts';
import { ownershipIn } from './note-owner.ts';
import type { RunOptions } from './options.ts';
import { peopleIn } from './unread-facts.ts';

/** So many issues are read in any case; of more than these, only those of people who are to be told something. */
const MANY = 200;

/**
 * What was said this week on issues that this run does not look after, because they lost their label, opted out or were
 * closed: it counts for those it was said to all the same. Asked only where someone is to be told something, for it
 * takes a list, and the comments of what else changed this week. GitLab is the only memory, so what someone deleted
 * is not known any more.
 * @param known the subjects of this run
 * @throws GatewayError when it cannot be read, so that it is not known whom we may write to
 */
export async function saidElsewhere(
  { sources, reader, policy: { settings } }: Pick<RunOptions, 'sources' | 'reader' | 'policy'>,
  known: Sequence<RemindedSubject>,
  { now, days }: { now: string; days: BusinessDays },
): Promise<RemindedSubject[]> {
  const today = days.dayOf(now);
  const monday = days.weekOf(today);
  const { keys, people, projects } = whoIsKnown(known);
  const candidates = new Map<number, { issue: Where; isConcerned: boolean }>();
  let read = 0;
  const asked = sources.length > 0 ? sources : [...projects].map((project) => ({ project }));
  for (const source of asked) {
    const where = 'project' in source ? { project: (await reader.project(source.project)).id } : source;
    for (const filter of listsOf(settings, monday))
      for await (const issue of reader.issues(where, filter)) {
        if (issue.userNotesCount === 0 || keys.has(numberFor(issue)) || candidates.has(issue.id)) continue;
        read += 1;
        const isConcerned = concerns(issue, people);
        if (read <= MANY || isConcerned) candidates.set(issue.id, { issue: whereOf(issue), isConcerned });
      }
  }
  const chosen = [...candidates.values()].filter(({ isConcerned }) => read <= MANY || isConcerned);
  if (chosen.length === 0) return [];
  const user = await reader.currentUser();
  const limit = pLimit(settings.limits.concurrency);
  const found = chosen.map(({ issue }) =>
    limit(async (): Promise<RemindedSubject[]> => {
      const { projectId, iid, confidential } = issue;
      const notes = await reader.notes(projectId, iid);
      const { bot, lostBots } = await ownershipIn(projectId, { reader, user }, settings, notes);
      const owner = underAnyName(bot, lostBots);
      const facts = rememberedFacts({ issue, notes, bot: owner }, (instant) => days.dayOf(instant));
      return facts === null || !isOfThisWeek(facts, monday) ? [] : [{ projectId, iid, confidential, facts }];
    }),
  );
  return (await Promise.all(found)).flat();
}

/** One number for an issue, as there may be a hundred thousand: GitLab's projects are fewer than 2 ** 30. */
const numberFor = ({ projectId, iid }: Pick<Issue, 'projectId' | 'iid'>): number => projectId * 2 ** 23 + iid;

/** What is kept of an issue until its comments are read. */
type Where = Pick<Issue, 'projectId' | 'iid' | 'confidential' | 'createdAt' | 'author' | 'assignees'>;

const whereOf = ({ projectId, iid, confidential, createdAt, author, assignees }: Issue): Where => ({
  projectId,
  iid,
  confidential,
  createdAt,
  author,
  assignees,
});

function isOfThisWeek({ nudge, pings }: ReminderFacts, monday: string): boolean {
  return (nudge !== null && nudge.on >= monday) || pings.some(({ on }) => on >= monday);
}

/** What the subjects say: which they are, and whom they concern. */
function whoIsKnown(known: Sequence<RemindedSubject>): {
  keys: NumberSet;
  people: Set<string>;
  projects: Set<number>;
} {
  const keys = createNumberSet();
  const people = new Set<string>();
  const projects = new Set<number>();
  for (const subject of known) {
    const { firstNudge, open } = subject.facts;
    keys.add(numberFor(subject));
    projects.add(subject.projectId);
    for (const name of [...(firstNudge?.mentions ?? []), ...open.flatMap((group) => group.people)])
      people.add(personKey(name));
  }
  return { keys, people, projects };
}

/** What changed since then and is not selected. GitLab knows no "or", so each way to leave is a list. */
function listsOf({ select }: PolicySettings, monday: string): IssueFilter[] {
  const common = { issueType: select.issueType, updatedAfter: `${monday}T00:00:00Z` };
  const { labels, notLabels } = select;
  const isCutLater = [select.title, select.gitlabMilestone, select.confidential].some((one) => one !== null);
  return [
    ...labels.map((lost): IssueFilter => ({ ...common, state: 'all', labels: [], notLabels: [lost] })),
    ...notLabels.map((barred): IssueFilter => ({ ...common, state: 'all', labels: [...labels, barred] })),
    // Where the rest of the selection may have cut off open ones too, they are in the same list.
    ...(isCutLater || select.state !== 'all'
      ? [{ ...common, state: isCutLater ? ('all' as const) : opposite(select.state), labels, notLabels }]
      : []),
  ];
}

const opposite = (state: 'opened' | 'closed' | 'all'): IssueFilter['state'] =>
  state === 'opened' ? 'closed' : 'opened';

const concerns = (issue: Issue, people: ReadonlySet<string>): boolean =>
  peopleIn(issue).some((name) => people.has(personKey(name)));
