import type { Activity } from '../model/activity.ts';
import { dayIn } from '../model/days.ts';
import { type KrHygieneDocument, milestonesOf } from '../model/document.ts';
import type { Issue, Note, User } from '../model/issue.ts';
import type { RememberedWeek } from '../model/remembered-weeks.ts';
import type { Answer, Timeline, TimelineEntry, UpdateEntry } from '../model/timeline.ts';
import { findAnswers } from './answers.ts';
import type { CommandWords } from './commands.ts';
import { eventEntries, inOrder, oldestFirst } from './events.ts';
import { tickMatcher } from './match-ticks.ts';
import { type Bots, isBot } from './people.ts';
import { findUpdates, type UpdateDocument } from './updates.ts';

export interface TimelineInput {
  issue: Pick<Issue, 'url' | 'description' | 'assignees' | 'author'>;
  /** What the description was read as. */
  document: KrHygieneDocument;
  activity: Activity;
  /** What was read from a comment as an update or check-in; null: it was not read. */
  readUpdate: (note: Note) => UpdateDocument | null;
  /** The lines of a comment that are neither in code nor in quotes. */
  liveLines: (note: Note) => readonly string[];
  /** What our marker remembers of earlier weeks; left out: nothing. */
  remembered?: readonly RememberedWeek[];
  bots: Bots;
  commands: CommandWords;
  mayAnswer: (user: User) => boolean;
  /** Names of rules that can be waived; null: any. */
  ruleIds: Pick<ReadonlySet<string>, 'has'> | null;
  timeZone: string;
  /** ISO 8601 instant */
  now: string;
}

/**
 * The past of a subject, from all that GitLab keeps of it. Pure: GitLab is the only database, so the same activity
 * makes the same timeline at any time.
 */
export function buildTimeline(input: TimelineInput): Timeline {
  const { issue, document, activity, bots, timeZone, now } = input;
  const comments = personalComments(activity, bots);
  const milestones = milestonesOf(document);
  const entries = eventEntries({
    activity,
    matchTick: tickMatcher(milestones, issue.description),
    timeZone,
    botUserId: bots.botUserId,
  });
  const answers = findAnswers({
    comments,
    liveLines: input.liveLines,
    words: input.commands,
    mayAnswer: input.mayAnswer,
    ruleIds: input.ruleIds,
    timeZone,
    today: dayIn(now, timeZone),
  });
  const owners = issue.assignees.length > 0 ? issue.assignees : [issue.author];
  const dris = milestones.flatMap((milestone) => milestone.dris);
  const found = findUpdates({
    issue,
    comments,
    read: input.readUpdate,
    timeZone,
    remembered: input.remembered ?? [],
    owners: new Set([...owners.map(({ username }) => username), ...dris].map((name) => name.toLowerCase())),
  });
  return {
    ...found,
    entries: inOrder([
      ...entries,
      ...answerEntries(answers, timeZone),
      ...editEntries(found.updates, timeZone),
    ]),
    answers,
    lastHumanActivity: lastHumanActivity(activity, bots),
  };
}

/** Comments of people that everyone who sees the issue may read, oldest first: no bot's, ours included. */
export function personalComments({ comments }: Pick<Activity, 'comments'>, bots: Bots): Note[] {
  return oldestFirst(comments.filter((note) => !note.system && !note.internal && !isBot(note.author, bots)));
}

function answerEntries(answers: readonly Answer[], timeZone: string): TimelineEntry[] {
  return answers
    .filter(({ refused }) => refused === null)
    .map((answer) => ({
      on: dayIn(answer.at, timeZone),
      what: 'answer',
      detail: inWords(answer),
      source: `note ${answer.noteId}`,
      at: answer.at,
      by: answer.by,
    }));
}

/** Updates that say something else since their week was over; who edited them GitLab does not tell. */
function editEntries(updates: readonly UpdateEntry[], timeZone: string): TimelineEntry[] {
  return updates.flatMap(({ saidThen, editedAt, countsFor, noteId }): TimelineEntry[] => {
    if (saidThen === null || editedAt === null) return [];
    const said = [
      saidThen.status ?? 'no status',
      saidThen.percent === null ? 'no percentage' : `${saidThen.percent}%`,
    ];
    const detail = `the update for the week of ${countsFor} said then: ${said.join(', ')}`;
    const source = `note ${noteId}`;
    return [{ on: dayIn(editedAt, timeZone), what: 'update-edited', detail, source, at: editedAt, by: null }];
  });
}

function inWords({ command, rule, until, because }: Answer): string {
  const parts = [
    command,
    ...(rule === null ? [] : [rule]),
    ...(until === null ? [] : [`until ${until}`]),
    ...(because === null ? [] : [`because ${because}`]),
  ];
  return parts.join(' ');
}

/** The last thing a person did: wrote or edited a comment, changed the issue. */
function lastHumanActivity(activity: Activity, bots: Bots): string | null {
  const moments: string[] = [];
  for (const { author, createdAt, updatedAt } of [...activity.comments, ...activity.systemNotes])
    if (!isBot(author, bots)) moments.push(createdAt, updatedAt);
  for (const { user, createdAt } of [...activity.labelEvents, ...activity.stateEvents])
    if (user !== null && !isBot(user, bots)) moments.push(createdAt);
  return moments.reduce<string | null>(
    (last, moment) => (last === null || Date.parse(moment) > Date.parse(last) ? moment : last),
    null,
  );
}
