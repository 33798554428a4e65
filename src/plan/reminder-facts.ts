import type { Action } from '../model/action.ts';
import { instantOfOurTime } from '../model/days.ts';
import { milestonesOf } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { isOwnUser, nudgesIn, underAnyName } from '../model/nudge-note.ts';
import { pingsIn } from '../model/ping-note.ts';
import type { OpenPoints, ReminderFacts } from '../model/reminder.ts';
import type { Timeline } from '../model/timeline.ts';
import { responsibleOn } from './comment/greeting.ts';
import { named, nudging } from './comment/points.ts';
import { carries } from './labels.ts';
import { stateLimits } from './limits.ts';
import { decodeMarker, type NudgeState } from './marker.ts';
import type { IssuePlan, PlanInput } from './plan-issue.ts';
import { aboutOf, decodeGiven } from './reminded.ts';

interface FactsInput {
  /** What the plan was made from. */
  input: PlanInput;
  plan: Pick<IssuePlan, 'actions' | 'state' | 'reason'>;
  timeline: Pick<Timeline, 'answers' | 'lastHumanActivity'> | undefined;
  /** The day of an instant in the policy's time zone. */
  dayOf: (instant: string) => string;
}

/** What deciding over all subjects needs to know of this one; null when it has nothing to do with it. */
export function reminderFacts({ input, plan, timeline, dayOf }: FactsInput): ReminderFacts | null {
  const { issue, notes, bot, lostBots = [] } = input;
  const first = plan.actions.find((action) => action.type === 'create-note');
  const [nudge] = nudgesIn(notes ?? [], bot);
  const known = knownBy(input, nudge, dayOf);
  if (first === undefined && nudge === undefined && known === null) return null;
  const kept = nudge === undefined ? null : decodeMarker(nudge.body);
  const { state } = plan;
  // What a former bot said counts for those it was said to, also where its comment cannot be taken over.
  const anyBot = bot === null ? null : underAnyName(bot, lostBots);
  const said = nudge ?? nudgesIn(notes ?? [], anyBot)[0];
  const greeted = (said === undefined ? null : decodeMarker(said.body))?.greeted ?? [];
  return {
    createdAt: instantOfOurTime(issue.createdAt),
    firstNudge: first === undefined ? null : firstNudgeOf(input, plan.actions, state),
    nudge:
      said === undefined
        ? goneNudge(input)
        : {
            on: dayOf(said.createdAt),
            mentions: greeted,
            reached: [...reachedBy(input, greeted, drisOf(input)), ...assignedBy(kept)],
          },
    // Where we must not write, or do not know what is open, no one is reminded of anything.
    open:
      nudge === undefined || plan.reason !== null || issue.discussionLocked ? [] : openPoints(input, state),
    pings:
      state?.reminded?.pings ?? pingsIn(notes ?? [], anyBot).flatMap(({ body }) => decodeGiven(body) ?? []),
    snoozedUntil: lastSnooze(timeline),
    seenOn: null,
    activeAt: timeline?.lastHumanActivity == null ? null : instantOfOurTime(timeline.lastHumanActivity),
    knownBy: known,
    ...fixedOf(state ?? kept),
  };
}

/**
 * What our comments on an issue that is not looked after tell of the past: whom they were written to, and when; null:
 * we wrote nothing there that is left.
 */
export function rememberedFacts(
  known: Pick<PlanInput, 'bot'> & {
    issue: Pick<Issue, 'createdAt' | 'author' | 'assignees'>;
    notes: readonly Note[];
  },
  dayOf: (instant: string) => string,
): ReminderFacts | null {
  const { issue, notes, bot } = known;
  const [nudge] = nudgesIn(notes, bot);
  const kept = nudge === undefined ? null : decodeMarker(nudge.body);
  const posted = pingsIn(notes, bot).filter(({ id }) => id > (kept?.reminded?.lastPing ?? 0));
  if (nudge === undefined && posted.length === 0) return null;
  const mentions = kept?.greeted ?? [];
  return {
    createdAt: instantOfOurTime(issue.createdAt),
    firstNudge: null,
    nudge:
      nudge === undefined
        ? null
        : { on: dayOf(nudge.createdAt), mentions, reached: reachedBy(known, mentions, []) },
    open: [],
    pings: [...(kept?.reminded?.pings ?? []), ...posted.flatMap(({ body }) => decodeGiven(body) ?? [])],
    snoozedUntil: null,
    seenOn: null,
    activeAt: null,
    knownBy: null,
  };
}

/** Those whom we assigned when the comment was written got a mail of that too. */
function assignedBy(state: State): string[] {
  return (state?.changes ?? []).flatMap((change) => {
    const [what, name] = change.split(' ');
    return what === 'assignee' && name !== undefined ? [name] : [];
  });
}

function firstNudgeOf(
  input: PlanInput,
  actions: readonly Action[],
  state: State,
): NonNullable<ReminderFacts['firstNudge']> {
  const mentions = state?.mentioned ?? [];
  // Who is assigned by us gets a mail of that too, and then takes part.
  const assigned = actions.flatMap((action) => (action.type === 'update-assignees' ? action.usernames : []));
  return {
    mentions,
    errors: input.findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)
      .length,
    open: openPoints(input, state),
    reached: [...reachedBy(input, [...mentions, ...assigned], drisOf(input)), ...assigned],
  };
}

function fixedOf(state: State): Pick<ReminderFacts, 'fixed'> {
  const fixed = (state?.reminded?.fixed ?? [])
    .map(([about, since, on]) => ({ rule: about.split('/')[0] ?? '', since, on }))
    // Anyone who may edit our comment may have put it there.
    .filter(({ rule }) => /^[\w-]{1,80}$/.test(rule));
  return fixed.length === 0 ? {} : { fixed };
}

/** A comment that someone deleted was still mailed; to whom is known as long as nothing has changed. */
function goneNudge(input: PlanInput): ReminderFacts['nudge'] {
  if (input.told === undefined) return null;
  const people = nudging(input.findings).flatMap(actorsOn(input));
  const mentions = [...new Set(people)];
  return { on: input.told.on, mentions, reached: reachedBy(input, mentions, drisOf(input)) };
}

/**
 * All whom GitLab mails of a new comment of ours, their own settings aside: docs/gitlab.md §11.
 * @param dris who is mentioned in a description takes part in the issue
 */
function reachedBy(
  {
    issue,
    notes,
    bot,
    inactive,
  }: Pick<PlanInput, 'notes' | 'bot' | 'inactive'> & {
    issue: Pick<Issue, 'author' | 'assignees'>;
  },
  mentions: readonly string[],
  dris: readonly string[],
): string[] {
  const users = [issue.author, ...issue.assignees, ...(notes ?? []).map(({ author }) => author)];
  const part = users.filter((user) => user.bot !== true && !(bot !== null && isOwnUser(user, bot)));
  const once = new Map<string, string>();
  for (const name of [...mentions, ...part.map(({ username }) => username), ...dris])
    if (inactive?.has(name.toLowerCase()) !== true) once.set(name.toLowerCase(), name);
  return [...once.values()].slice(0, stateLimits.people);
}

/** Those whom the milestones name. */
const drisOf = ({ document }: PlanInput): string[] => milestonesOf(document).flatMap(({ dris }) => dris);

type State = NudgeState | null;

/** What people know of, grouped by those who can act and the day they were told. */
function openPoints(input: PlanInput, state: State): OpenPoints[] {
  const told = new Map(state?.reminded?.told);
  if (told.size === 0) return [];
  const groups = new Map<string, OpenPoints>();
  const whoCan = actorsOn(input);
  for (const finding of named(input.findings)) {
    const since = told.get(aboutOf(finding));
    if (since === undefined) continue;
    const people = whoCan(finding);
    const key = [since, ...people].join('\n').toLowerCase();
    const group = groups.get(key) ?? { people, since, points: 0, errors: 0 };
    group.points += 1;
    group.errors += finding.severity === 'error' ? 1 : 0;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Those who can act on a finding. */
export function actorsOn({ issue, members, inactive, bot }: PlanInput): (finding: Finding) => string[] {
  return responsibleOn(issue, { botUserId: bot?.userId ?? null, members, inactive });
}

function lastSnooze(timeline: FactsInput['timeline']): string | null {
  const snooze = timeline?.answers.findLast(
    ({ command, refused }) => command === 'snooze' && refused === null,
  );
  return snooze?.until ?? null;
}

/** Our labels are not older than the last change of the issue. */
function knownBy(
  { issue, settings }: PlanInput,
  nudge: Note | undefined,
  dayOf: (instant: string) => string,
): string | null {
  if (nudge !== undefined) return dayOf(nudge.createdAt);
  const { ok, needsAttention } = settings.labels;
  return carries(issue, ok) || carries(issue, needsAttention) ? dayOf(issue.updatedAt) : null;
}
