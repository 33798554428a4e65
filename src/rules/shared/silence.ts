import { z } from 'zod';
import { addDays, daysBetween, mondayOf } from '../../model/days.ts';
import type { RuleContext } from '../../model/rule.ts';
import { newestUpdate } from '../../model/updates.ts';
import { enumerate } from '../../text/words.ts';
import type { ReportOf } from '../rule.ts';
import { ofWeek } from './updates.ts';
import { plain, quote, typed } from './words.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** How often, and by which day of its week, something is to be written. */
export const cadenceOptions = z.strictObject({
  due: z.enum(weekdays).default('friday').describe('The day of its week by which an update is due.'),
  'grace-days': z
    .int()
    .min(0)
    .max(28)
    .default(1)
    .describe('How many days an update may be late before it is reported.'),
  'cadence-weeks': z
    .int()
    .min(1)
    .max(13)
    .default(1)
    .describe('How many weeks one update may cover: 1: every week; 2: every other week.'),
  'cadence-labels': z
    .record(z.string().min(1).max(255), z.int().min(1).max(13))
    .default({})
    .describe('Labels that set another cadence for the issues that carry them, in weeks.'),
});

type Cadences = Pick<z.output<typeof cadenceOptions>, 'cadence-weeks' | 'cadence-labels'>;

const write =
  'Write a comment after the template that begins with {heading}; where nothing changed, {nothing} alone will do.';

/**
 * What a rule about silence says.
 * @param short what is missing, as it is called in the next sentence about it
 * @param whole as it is called first
 */
export const silenceMessages = <S extends string, W extends string>(short: S, whole: W) =>
  ({
    silent: { text: `No ${short} since {last}; {missing}.`, hint: write },
    never: { text: `There is no ${whole} yet; {missing}.`, hint: write },
    almost: {
      text: `The comment of {author} is almost a ${whole}, but it lacks {lacks}; {missing}.`,
      hint: 'Edit that comment and add what it lacks: it counts then.',
    },
    'two-cadences': {
      text: `The labels {labels} ask for different cadences of ${short}s; the shortest one counts.`,
      hint: 'Take all but one of them off the issue.',
    },
  }) as const;

type SilenceReport = ReportOf<ReturnType<typeof silenceMessages<'', ''>>>;

/**
 * One report for the whole silence of an issue, one for a comment that is almost what is missing, and one for labels
 * that contradict each other.
 * @param headingFor the first line of what is to be written, for a week
 */
export function* silenceReports(
  { due, 'grace-days': grace, ...cadences }: z.output<typeof cadenceOptions>,
  context: RuleContext,
  headingFor: (week: string) => string,
): Generator<SilenceReport> {
  const { timeline } = context;
  if (timeline === undefined) return;
  const { weeks: cadence, labels } = cadenceOf(context.issue.labels ?? [], cadences);
  const subject = { part: 'issue' } as const;
  if (labels.length > 1) {
    const named = enumerate(labels.map(quote));
    yield { message: 'two-cadences', data: { labels: named }, place: null, subject };
  }
  const last = newestUpdate(timeline);
  const latest = weekdays.indexOf(due);
  const silence = silenceOf(context, { last: last?.countsFor ?? null, cadence, latest, grace });
  if (silence === null) return;
  const missing = silence.count === 1 ? 'one is missing' : `${silence.count} are missing`;
  const { almostUpdate: almost } = timeline;
  if (almost !== null) {
    const { author, lacks, noteId } = almost;
    const data = { author: plain(author), lacks: enumerate([...lacks]), missing };
    yield { message: 'almost', data, place: null, subject, noteId, people: [author] };
    return;
  }
  const texts = { missing, heading: typed(headingFor(silence.newest)), nothing: typed('no change') };
  const proposals = [{ field: 'week', value: silence.newest }];
  if (last === null) yield { message: 'never', data: texts, place: null, subject, proposals };
  else {
    yield { message: 'silent', data: { ...texts, last: ofWeek(last) }, place: null, subject, proposals };
  }
}

/** The shortest cadence that a label asks for, else that of the policy; the labels, where they ask for several. */
function cadenceOf(
  carried: readonly string[],
  { 'cadence-weeks': usual, 'cadence-labels': byLabel }: Cadences,
): { weeks: number; labels: string[] } {
  const known = carried.filter((label) => Object.hasOwn(byLabel, label));
  const weeks = known.map((label) => byLabel[label] as number);
  const differ = new Set(weeks).size > 1;
  return { weeks: weeks.length === 0 ? usual : Math.min(...weeks), labels: differ ? known : [] };
}

interface Terms {
  /** The week of the last update; null: there is none. */
  last: string | null;
  cadence: number;
  /** Days after Monday on which an update is due. */
  latest: number;
  grace: number;
}

/**
 * How many updates are missing by today, and the newest week that lacks one; null: none. Weeks count from the first
 * Monday on which both the quarter and the issue had begun, to the end of the quarter.
 */
function silenceOf(
  { today, issue, quarter }: Pick<RuleContext, 'today' | 'issue' | 'quarter'>,
  { last, cadence, latest, grace }: Terms,
): { count: number; newest: string } | null {
  const opened = (issue.createdAt ?? today).slice(0, 10);
  const start = quarter !== null && quarter.start > opened ? quarter.start : opened;
  const first = mondayOf(start) === start ? start : addDays(mondayOf(start), 7);
  const eve = addDays(first, -7);
  const anchor = last !== null && last > eve ? last : eve;
  const end = quarter?.end ?? today;
  // The last week whose day is over, grace included, and still within the quarter.
  const over = addDays(today, -latest - grace - 1);
  const inQuarter = addDays(end, -latest);
  const until = mondayOf(over < inQuarter ? over : inQuarter);
  const weeks = Math.floor(daysBetween(anchor, until) / 7);
  const count = Math.floor(weeks / cadence);
  return count <= 0 ? null : { count, newest: until };
}
