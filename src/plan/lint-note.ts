import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import type { Note } from '../model/issue.ts';
import { nudgesIn, storedForm } from '../model/nudge-note.ts';
import type { SubjectReport } from '../model/report.ts';
import { code, prose } from '../text/markdown-escape.ts';
import { decodeMarker, encodeMarker } from './marker.ts';

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

/**
 * What is to be done so that a merge request has the one note about its pages: none while there is nothing to say, then
 * one that is edited in place. Pure; planned again after its actions were performed, it yields none.
 */
export function planLintNote(input: LintNoteInput): Action[] {
  const [standing = null, ...younger] = nudgesIn(input.notes, { userId: input.botUserId });
  const open = input.subjects.flatMap(({ ref, findings }) =>
    findings.filter(nudges).map((finding) => ({ ref, finding })),
  );
  const unread = input.subjects.filter(({ error }) => error !== null).map(({ ref }) => ref);
  const duplicates = younger.map(
    ({ id }): Action => ({ type: 'delete-note', noteId: id, detail: 'remove a duplicate of our comment' }),
  );
  const total = open.length + unread.length;
  if (standing === null && total === 0) return duplicates;
  const since = (standing === null ? null : decodeMarker(standing.body))?.since ?? dayOf(input.now);
  const marker = encodeMarker({ since, greeted: [], mentioned: [], points: [], weeks: [] });
  const text = total === 0 ? clean : textOf(open, unread, input);
  const body = storedForm(`${text}\n\n${marker}`);
  if (standing === null)
    return [...duplicates, { type: 'create-note', body, detail: `write a comment (${findings(total)})` }];
  if (storedForm(standing.body) === body) return duplicates;
  const detail = total === 0 ? 'say that all is fixed' : `bring our comment up to date (${findings(total)})`;
  return [...duplicates, { type: 'update-note', noteId: standing.id, body, detail }];
}

const clean = '✅ Nothing is left to do on the pages of this merge request. Thank you!';

const nudges = ({ severity }: Finding): boolean => severity !== 'info';

const findings = (count: number): string => (count === 1 ? 'one finding' : `${count} findings`);

const dayOf = (instant: string): string => new Date(instant).toISOString().slice(0, 10);

/** How many files are named by themselves. */
const mostFiles = 50;

function textOf(
  open: readonly { ref: string; finding: Finding }[],
  unread: readonly string[],
  { maxFindings, signature }: LintNoteInput,
): string {
  // Errors first when not all fit; shown in the order of the files all the same.
  const byWeight = [
    ...open.filter(({ finding }) => finding.severity === 'error'),
    ...open.filter(({ finding }) => finding.severity !== 'error'),
  ];
  const shown = new Set(byWeight.slice(0, maxFindings));
  const byFile = new Map<string, Finding[]>();
  for (const one of open) {
    if (!shown.has(one)) continue;
    const ofFile = byFile.get(one.ref);
    if (ofFile === undefined) byFile.set(one.ref, [one.finding]);
    else ofFile.push(one.finding);
  }
  const hidden = open.length - shown.size;
  return [
    `${open.length === 0 ? 'Some pages could not be read' : `The pages of this merge request have ${findings(open.length)}`}.`,
    ...unread.slice(0, mostFiles).map((ref) => `- ${code(ref)} could not be read.`),
    ...[...byFile].map(([ref, ofFile]) => [`**${code(ref)}**`, '', ...ofFile.map(lineOf)].join('\n')),
    ...(hidden > 0 ? [`…and ${hidden} more. More will appear once these are fixed.`] : []),
    `<sub>${prose(signature)}; the comment is edited as the pages change.</sub>`,
  ].join('\n\n');
}

function lineOf({ place, severity, message, hint, rule }: Finding): string {
  const sign = severity === 'error' ? '🔴' : '🟡';
  const line = place === null ? '' : ` line ${place.start.line}:`;
  const advice = hint === null ? '' : ` *${prose(hint)}*`;
  return `- ${sign}${line} ${prose(message)}${advice} (${code(rule)})`;
}
