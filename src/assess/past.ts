import type { Activity } from '../model/activity.ts';
import { type KrHygieneDocument, milestonesOf } from '../model/document.ts';
import type { Issue, User } from '../model/issue.ts';
import { unnamedBots } from '../model/nudge-note.ts';
import type { AnswererKind } from '../model/policy.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import { rememberedWeeks } from '../model/remembered-weeks.ts';
import type { Policy } from '../model/rule.ts';
import type { Timeline } from '../model/timeline.ts';
import { buildTimeline } from '../timeline/timeline.ts';
import { readComments } from './comments.ts';

/** What GitLab keeps of an issue's past, and who is who there. */
export interface Past {
  issue: Issue;
  activity: Activity;
  /** The user of our token; null: not known. */
  bot: User | null;
  /** Access levels of members by user name in lower case; absent: not known, so no one counts as one. */
  accessLevels?: ReadonlyMap<string, number>;
}

/** The past of an issue whose description was read as `document`. */
export async function readPast(
  { issue, activity, bot, accessLevels }: Past,
  document: KrHygieneDocument,
  { policy, documents }: { policy: Policy; documents: AsyncDocumentReader },
  now: string,
): Promise<Timeline> {
  if (isEmpty(activity)) return emptyTimeline;
  const { settings } = policy;
  const named = { policyId: settings.id, formerBots: settings.formerBots };
  const unnamed =
    bot === null ? [] : unnamedBots(activity.comments, { ...named, userId: bot.id }, issue.projectId);
  const formerBots = [...settings.formerBots, ...unnamed];
  const bots = { botUserId: bot?.id ?? null, names: formerBots };
  const prefix = settings.comment.commandPrefix;
  const mention = bot?.username ?? null;
  const openings = [`${prefix}:`, ...(mention === null ? [] : [`@${mention}`])].map((one) =>
    one.toLowerCase(),
  );
  const reading = await readComments(
    {
      kind: document.kind,
      activity,
      bots,
      groups: settings.groups,
      confidential: issue.confidential,
      openings,
    },
    documents,
  );
  const owner = bot === null ? null : { userId: bot.id, policyId: settings.id, formerBots };
  return buildTimeline({
    issue,
    document,
    activity,
    ...reading,
    remembered: rememberedWeeks(activity.comments, owner),
    bots,
    commands: { prefix, bot: mention },
    mayAnswer: (user) => mayAnswer(user, settings.answers.who, { issue, document, accessLevels }),
    ruleIds: policy.ruleFamilies,
    timeZone: settings.calendar.timeZone ?? 'UTC',
    now,
  });
}

/** Nothing happened since it was opened, as with most issues of a first run. */
const isEmpty = ({ comments, systemNotes, labelEvents, stateEvents }: Activity): boolean =>
  comments.length + systemNotes.length + labelEvents.length + stateEvents.length === 0;

const emptyTimeline: Timeline = {
  updates: [],
  entries: [],
  answers: [],
  almostUpdate: null,
  blankUpdate: null,
  lastHumanActivity: null,
};

/** What a role of a project is at least, in GitLab's numbers. */
const roles = { guest: 10, planner: 15, reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

/** Whether the policy lets someone answer on this issue. */
function mayAnswer(
  { id, username }: User,
  who: readonly AnswererKind[],
  {
    issue,
    document,
    accessLevels,
  }: {
    issue: Pick<Issue, 'assignees' | 'author'>;
    document: KrHygieneDocument;
    accessLevels: Past['accessLevels'] | undefined;
  },
): boolean {
  const name = username.toLowerCase();
  const milestones = milestonesOf(document);
  return who.some((kind) => {
    if (kind === 'assignee') return issue.assignees.some((user) => user.id === id);
    if (kind === 'author') return issue.author.id === id;
    if (kind === 'dri') return milestones.some(({ dris }) => dris.some((dri) => dri.toLowerCase() === name));
    return (accessLevels?.get(name) ?? 0) >= roles[kind];
  });
}
