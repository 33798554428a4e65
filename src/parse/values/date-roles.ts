import type { Cues } from '../cues.ts';
import { endsInArrow, lastPart } from '../signs.ts';
import type { DateWords } from './date-words.ts';
import type { DateReading } from './found-date.ts';

/** What the words around a date say of it. */
export interface DateRole {
  /** `void`: not the date that was asked for; `now`: it replaces the one before; `due`: announced as due. */
  role: 'plain' | 'void' | 'now' | 'due';
  /** The writer hesitates: "probably", "?", "slips by a week". */
  doubtful: boolean;
}

const dueIds = ['planned', 'not', 'start', 'relative', 'event', 'due', 'was', 'now', 'from'];
const weekIds = ['week-of', 'not', 'was', 'last-update', 'now', 'relative'];
/** These count only against a date that has another one next to it. */
const weak: ReadonlySet<string> = new Set(['planned']);
const leftArrow = /(?:<[-=]{1,3}|[←⇐⟵])\s*$/;

export interface DateSurroundings {
  /** From the date before, or the beginning, to this one. */
  before: string;
  /** From this one to the next, or the end. */
  after: string;
  range: boolean;
  /** The only date there is. */
  alone: boolean;
  last: boolean;
  /** The day a week begins on is asked for, not a due date. */
  week: boolean;
}

export function roleOfDate(
  { cues, words }: DateReading,
  { before, after, range, alone, last, week }: DateSurroundings,
): DateRole {
  const doubtful =
    /^\s*\)?\?/.test(after) ||
    cues.before(before, ['doubt']) !== null ||
    (!week && cues.behind(after, ['doubt', 'slips']) !== null);
  if (leftArrow.test(before)) return { role: 'void', doubtful };
  if (endsInArrow(before)) return { role: 'now', doubtful };
  const cue = cues.before(before, week ? weekIds : dueIds);
  if (!week && isOffset(cues, after, last)) return { role: 'void', doubtful };
  // "2 days before the board meeting on Dec 10": what the clause begins with counts as well.
  const clause = lastPart(before, [',', ';', '(']);
  const strong = week ? null : cues.first(clause, ['due', 'relative', 'event', 'planned']);
  // "three weeks after the permit (applied for on Nov 10)"
  if (!week && alone && before.includes('(') && cues.first(before, ['relative']) !== null)
    return { role: 'void', doubtful };
  if (strong?.id === 'relative' || (strong?.id === 'event' && (cue === null || weak.has(cue.id))))
    return { role: 'void', doubtful };
  if (cue === null || cue.id === 'week-of' || (weak.has(cue.id) && alone)) return { role: 'plain', doubtful };
  // "the Friday before Dec 14"
  const isNear =
    cue.id === 'due' && words.weekday(/(\p{L}+)\s*$/u.exec(before.slice(0, cue.at))?.[1] ?? '') > 0;
  // "moved from 4 to 18 December"
  if (cue.id === 'from' && range) return { role: 'now', doubtful };
  if (!isNear && (cue.id === 'now' || cue.id === 'due')) return { role: cue.id, doubtful };
  return { role: 'void', doubtful };
}

/** Whether a date in the midst of a sentence belongs to something else: "reported on Dec 4", "the feedback of Dec 2". */
export function isOfSomethingElse(cues: Cues, before: string, words: DateWords): boolean {
  const cue = cues.before(before, dueIds, true);
  if (cue !== null && cue.id !== 'now' && cue.id !== 'due' && cue.id !== 'doubt') return true;
  const last = /(\p{L}+)[\s(]*$/u.exec(before.slice(-20))?.[1];
  return last !== undefined && words.plain(last) === 'of';
}

/** "2026-12-04 + 5 days", "2026-12-01 (start)": a day near the one that is meant. */
const isOffset = (cues: Cues, after: string, last: boolean): boolean =>
  /^\s*\+\s*\d/.test(after) || startsBehind(cues, after, last);

function startsBehind(cues: Cues, after: string, last: boolean): boolean {
  const cue = cues.behind(after, ['start']);
  return cue !== null && (last || /^\s*[,;)]/.test(after.slice(cue.end)));
}

/** Whether nothing but a word or sign of a range is between two dates: "Nov 16 - ", " bis zum ". */
export function isRangeJoint(between: string, words: DateWords): boolean {
  const rest = between.trim().replace(/^[^\p{L}\d]{0,2}\s/u, '');
  if (/^[^\p{L}\d]{0,2}(?:[-–—−〜～~]{1,3}|\.{2,3}|…)[^\p{L}\d]{0,2}$/u.test(rest)) return true;
  const said = rest
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '' && words.weekday(word) === 0 && words.plain(word) !== 'the');
  return said.length === 1 && words.plain(said[0] as string) === 'to';
}
