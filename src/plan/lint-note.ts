import { createHash } from 'node:crypto';
import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/groups.ts';
import type { Note } from '../model/issue.ts';
import { nudgesIn, storedForm, strippedNotes } from '../model/nudge-note.ts';
import type { SubjectReport } from '../model/report.ts';
import { code, prose } from '../text/markdown-escape.ts';
import { stateLimits } from './limits.ts';
import { decodeMarker, encodeMarker } from './marker.ts';
import { unrecognisedReason } from './reasons.ts';

export interface LintNoteInput {
  subjects: readonly Pick<SubjectReport, 'ref' | 'findings' | 'error'>[];
  notes: readonly Note[];
  botUserId: number;
  /** How many findings are spelled out. */
  maxFindings: number;
  signature: string;
  /** ISO 8601 instant */
  now: string;
}

interface Open {
  ref: string;
  finding: Finding;
}

/**
 * What is to be done, or why nothing is, so that a merge request has the one note about its pages: none while there is nothing to say, then
 * one that is edited in place and says what is new since it was last written. Pure; planned again after its actions
 * were performed, it yields none.
 */
export function planLintNote(input: LintNoteInput): { actions: Action[]; reason: string | null } {
  const [standing = null, ...younger] = nudgesIn(input.notes, { userId: input.botUserId });
  const open = input.subjects.flatMap(({ ref, findings }): Open[] =>
    findings.filter(nudges).map((finding) => ({ ref, finding })),
  );
  const unread = input.subjects.filter(({ error }) => error !== null).map(({ ref }) => ref);
  const duplicates = younger.map(
    ({ id }): Action => ({ type: 'delete-note', noteId: id, detail: 'remove a duplicate of our comment' }),
  );
  const total = open.length + unread.length;
  const planned = (...actions: Action[]) => ({ actions: [...duplicates, ...actions], reason: null });
  if (standing === null && total === 0) return planned();
  // Anyone who may edit our comments could have one more at each pipeline.
  if (standing === null && strippedNotes(input.notes, { userId: input.botUserId }).length > 1)
    return { actions: duplicates, reason: unrecognisedReason };
  const before = standing === null ? null : decodeMarker(standing.body);
  const since = before?.since ?? dayOf(input.now);
  const points = changed(open, before?.points ?? []);
  const marker = encodeMarker({ since, greeted: [], mentioned: [], points, weeks: [] });
  const text = total === 0 ? clean : textOf(open, unread, points, input);
  const body = storedForm(`${text}\n\n${marker}`);
  if (standing === null)
    return planned({ type: 'create-note', body, detail: `write a comment (${findings(total)})` });
  if (storedForm(standing.body) === body) return planned();
  const detail = total === 0 ? 'say that all is fixed' : `bring our comment up to date (${findings(total)})`;
  return planned({ type: 'update-note', noteId: standing.id, body, detail });
}

/** What is remembered of a finding: not its line, which moves when others are fixed. */
function keyOf({ ref, finding: { rule, message } }: Open): string {
  const words = JSON.stringify([ref, rule, message]);
  return createHash('sha256').update(words).digest('hex').slice(0, 12);
}

/**
 * The keys of what is open, `+` before those that are new, and `-` before those that are gone, since the comment was
 * last written with other ones. As long as the same findings are open it stays as it is, and so does the comment.
 */
function changed(open: readonly Open[], before: readonly string[]): string[] {
  const keys = [...new Set(open.map(keyOf))];
  const known = new Set(before.filter((key) => !key.startsWith('-')).map((key) => key.replace(/^\+/, '')));
  if (known.size === keys.length && keys.every((key) => known.has(key))) return [...before];
  // Of a list that was cut, nothing can be called new.
  const isWhole = known.size > 0 && before.length < stateLimits.points;
  const now = keys.map((key) => (isWhole && !known.has(key) ? `+${key}` : key));
  const gone = [...known].filter((key) => !keys.includes(key)).map((key) => `-${key}`);
  return [...now, ...(keys.length === 0 ? [] : gone)].slice(0, stateLimits.points);
}

const clean = '✅ Nothing is left to do on the pages of this merge request. Thank you!';

const nudges = ({ severity }: Finding): boolean => severity !== 'info';

const findings = (count: number): string => (count === 1 ? 'one finding' : `${count} findings`);

const dayOf = (instant: string): string => new Date(instant).toISOString().slice(0, 10);

/** How many files that could not be read are named. */
const mostFiles = 50;

function textOf(
  open: readonly Open[],
  unread: readonly string[],
  points: readonly string[],
  { maxFindings, signature }: LintNoteInput,
): string {
  // Errors first when not all fit; shown in the order of the files.
  const byWeight = [
    ...open.filter(({ finding }) => finding.severity === 'error'),
    ...open.filter(({ finding }) => finding.severity !== 'error'),
  ];
  const shown = new Set(byWeight.slice(0, maxFindings));
  const fresh = new Set(points.filter((key) => key.startsWith('+')).map((key) => key.slice(1)));
  const byFile = groupBy(open, (one) => (shown.has(one) ? one.ref : null));
  const hidden = open.length - shown.size;
  return [
    open.length === 0 ? 'Some pages could not be read.' : summary(open, points, fresh),
    ...unread.slice(0, mostFiles).map((ref) => `- ${code(ref)} could not be read.`),
    ...(unread.length > mostFiles ? [`- …and ${unread.length - mostFiles} more could not be read.`] : []),
    ...[...byFile].map(([ref, ofFile]) => {
      const lines = ofFile.map((one) => lineOf(one.finding, fresh.has(keyOf(one))));
      return [`**${code(ref)}**`, '', ...lines].join('\n');
    }),
    ...(hidden > 0 ? [`…and ${hidden} more. More will appear once these are fixed.`] : []),
    `<sub>${prose(signature)}; the comment is edited as the pages change.</sub>`,
  ].join('\n\n');
}

/** How many there are, and what has changed since the comment last said something else. */
function summary(open: readonly Open[], points: readonly string[], fresh: ReadonlySet<string>): string {
  const news = open.filter((one) => fresh.has(keyOf(one))).length;
  const fixed = points.filter((key) => key.startsWith('-')).length;
  const parts = [
    `The pages of this merge request have ${findings(open.length)}`,
    ...(news === 0 ? [] : [`${news === open.length ? 'all' : news} of them new since the last change`]),
  ];
  return `${parts.join(', ')}.${fixed === 0 ? '' : ` Fixed since then: ${fixed}.`}`;
}

function lineOf({ place, severity, message, hint, rule }: Finding, isNew: boolean): string {
  const sign = severity === 'error' ? '🔴' : '🟡';
  const line = place === null ? '' : ` line ${place.start.line}:`;
  const advice = hint === null ? '' : ` *${prose(hint)}*`;
  return `- ${sign}${isNew ? ' **new**' : ''}${line} ${prose(message)}${advice} (${code(rule)})`;
}
