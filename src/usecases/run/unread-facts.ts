import { instantOfOurTime, mondayOf } from '../../model/days.ts';
import { type KrHygieneDocument, milestonesOf } from '../../model/document.ts';
import type { Issue } from '../../model/issue.ts';
import type { ReminderFacts } from '../../model/reminder.ts';

type IssueOfPeople = Pick<Issue, 'author' | 'assignees' | 'description'>;

/** More names than that are no text about people who work on it. */
const MOST_NAMES = 100;

/** The user names of all who may have to do with an issue, its text read or not. */
export function peopleIn({ author, assignees, description }: IssueOfPeople): string[] {
  const mentions = [...description.matchAll(/@([\w.-]+)/g)].slice(0, MOST_NAMES);
  return [
    author.username,
    ...assignees.map(({ username }) => username),
    ...mentions.map(([, name = '']) => name.replace(/[.-]+$/, '')),
  ];
}

/**
 * What counts of an issue whose comments could not be read: anyone who has to do with it may have been told something
 * there this week, so that none of them is told too much elsewhere. Null where that cannot be, as no one commented, or
 * nothing happened this week: an issue that can never be read does not silence its people for ever.
 * @param document null: the text was not read
 * @param now ISO 8601 instant
 */
export function unreadFacts(
  issue: IssueOfPeople & Pick<Issue, 'createdAt' | 'updatedAt' | 'userNotesCount'>,
  document: KrHygieneDocument | null,
  { now, dayOf }: { now: string; dayOf: (instant: string) => string },
): ReminderFacts | null {
  const today = dayOf(now);
  if (issue.userNotesCount === 0 || dayOf(issue.updatedAt) < mondayOf(today)) return null;
  const dris = document === null ? [] : milestonesOf(document).flatMap((milestone) => milestone.dris);
  const people = [...new Set([...peopleIn(issue), ...dris])];
  return {
    createdAt: instantOfOurTime(issue.createdAt),
    firstNudge: null,
    nudge: { on: today, mentions: people },
    open: [],
    pings: [{ on: today, whom: people, others: [] }],
    snoozedUntil: null,
    seenOn: null,
    activeAt: null,
    knownBy: null,
  };
}
