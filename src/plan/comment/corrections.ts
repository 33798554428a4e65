import {
  type KrDocument,
  type KrHygieneDocument,
  type KrMilestone,
  mainKind,
  type WrittenField,
} from '../../model/document.ts';
import type { Finding, Proposal } from '../../model/finding.ts';
import type { TemplateFacts } from '../../model/reader.ts';
import { collapsed } from '../../text/words.ts';
import { type InOwnWords, inOwnWords, type KnownText, linesAround, type Replacements } from './own-words.ts';

/** Lines offered at most, and how long one may be: beyond that no one copies them from a comment. */
const LINES = 12;
const LENGTH = 500;

/** The fields of a milestone that a correction may fill in. */
export type CorrectedField = WrittenField['id'];

/**
 * Milestones whose correction was tried, by their index, with the fields that may be corrected; none: nothing is
 * offered. One that is not in it is corrected only where that needs no trial.
 */
export type Correctable = ReadonlyMap<number, readonly CorrectedField[]>;

/** What is offered for one milestone. */
export interface Correction {
  /** Index of the milestone in the document. */
  index: number;
  lines: readonly string[];
  /** What is to be read in the fields that change; null: a placeholder, since only the writer knows. */
  values: ReadonlyMap<CorrectedField, string | null>;
  /** True: only plain words around it, so that it is read as it is meant. */
  isPlain: boolean;
  /** The whole text with the lines put in by a reader. */
  pasted: () => string;
  /** The same for some of the fields only; null: nothing is left to offer. */
  only: (fields: readonly CorrectedField[]) => Correction | null;
}

/**
 * The milestones with findings as their writer has them, with the fields concerned replaced by what is to be typed
 * there; as the template writes them where it is not known how they are written. A milestone of which nothing is
 * known but placeholders is left out: what to type is said by the point itself.
 * @param correctable left out: nothing was tried yet, so everything is offered
 */
export function corrections(
  document: KrHygieneDocument,
  findings: readonly Finding[],
  template: TemplateFacts,
  source: string,
  correctable?: Correctable,
): Correction[] {
  if (document.kind !== mainKind || !template.has('milestones')) return [];
  const known = { template, source, milestones: document.milestones };
  const result: Correction[] = [];
  let length = 0;
  for (const [milestone, concerning] of withFindings(document, findings)) {
    const whole = correctedMilestone(milestone, concerning, known);
    const fields = correctable?.get(concerning.index);
    const isOffered = correctable === undefined || fields !== undefined || whole?.isPlain === true;
    const correction =
      whole === null || !isOffered ? null : fields === undefined ? whole : whole.only(fields);
    if (correction === null) continue;
    length += gapBefore(correction, result).length + correction.lines.length;
    if (length > LINES) break;
    result.push(correction);
  }
  return result;
}

/** The lines of all of them, one below the other. */
export function correctedLines(offered: readonly Correction[]): string[] {
  return offered.flatMap((correction, at) => [
    ...gapBefore(correction, offered.slice(0, at)),
    ...correction.lines,
  ]);
}

/** Blank lines set off what is more than one line. */
function gapBefore({ lines }: Correction, before: readonly Correction[]): string[] {
  return before.length > 0 && lines.length > 1 ? [''] : [];
}

interface Concerning {
  index: number;
  /** How the comment calls the milestone. */
  label: string;
  findings: Finding[];
}

function withFindings(document: KrDocument, findings: readonly Finding[]): Map<KrMilestone, Concerning> {
  const result = new Map<KrMilestone, Concerning>();
  for (const finding of findings) {
    const { subject } = finding;
    const milestone = subject.part === 'milestone' ? document.milestones[subject.index] : undefined;
    if (milestone === undefined || subject.part !== 'milestone') continue;
    const known = result.get(milestone)?.findings ?? [];
    result.set(milestone, { index: subject.index, label: subject.label, findings: [...known, finding] });
  }
  return result;
}

/** Null, when nothing certain would change. */
function correctedMilestone(
  milestone: KrMilestone,
  concerning: Concerning,
  known: KnownText,
): Correction | null {
  const { source } = known;
  const { index, label, findings } = concerning;
  const proposals = findings.flatMap((finding) => finding.proposals ?? []);
  if (!proposals.some(({ field, value }) => value !== null && field in placeholders)) return null;
  // A line of HTML is one tag among others: what to type there is said by the point itself.
  if (/^<[a-z]/i.test(source.slice(milestone.place.start.offset, milestone.place.start.offset + 2)))
    return null;
  const changes = replacements(milestone, proposals);
  const corrected =
    milestone.written === undefined
      ? inTheTemplate(milestone, label, changes, known)
      : inOwnWords(milestone, changes, known);
  if (corrected === null || corrected.lines.length === 0) return null;
  const { lines, before, pasted } = corrected;
  const values = valuesOf(proposals);
  // The beginning of an HTML comment cannot be shown as it is, so the line could not be copied.
  if (lines.length > LINES || lines.some((line) => line.length > LENGTH || line.includes('<!--')))
    return null;
  return {
    index,
    lines,
    values,
    // A day may be one that another rule has something against.
    isPlain: isPlain(before) && typeof values.get('due-date') !== 'string',
    pasted,
    only: (fields) => {
      const some = findings.map((finding) => withProposals(finding, fields));
      return correctedMilestone(milestone, { ...concerning, findings: some }, known);
    },
  };
}

function withProposals({ proposals = [], ...finding }: Finding, fields: readonly string[]): Finding {
  return { ...finding, proposals: proposals.filter(({ field }) => fields.includes(field)) };
}

function inTheTemplate(
  { state, label: own, description, descriptionProblem, dueDate, dris, driProblem, place }: KrMilestone,
  label: string,
  changes: Replacements,
  { template, source }: KnownText,
): InOwnWords {
  const known = {
    description: descriptionProblem === null && description.trim() !== '' ? collapsed(description) : null,
    dueDate: dueDate.date,
    dri: driProblem !== null || dris.length === 0 ? null : dris.map((name) => `@${name}`).join(', '),
  };
  const lines = template
    .milestoneLine({
      state,
      label: collapsed(own ?? label),
      description: changes.description ?? known.description,
      dueDate: changes['due-date'] ?? known.dueDate,
      dri: changes.dri ?? known.dri,
    })
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
  const { start, end } = linesAround(source, place);
  return {
    lines,
    before: source.slice(start, end),
    pasted: () => source.slice(0, start) + lines.join('\n') + source.slice(end),
  };
}

/** One line of plain words in one of the usual forms: among generated texts none was read otherwise. */
function isPlain(text: string): boolean {
  const words = text
    .replaceAll(/^[ \t]*(?:[-*+]|\d{1,3}[.)]|#{1,6})?[ \t]*(?:\[[ xX~]\])?/gm, '')
    .replaceAll(/\*\*([^*\n]+)\*\*|`([^`\n]+)`/g, '$1$2');
  // A colon in a word is no label's: `:smile:`.
  return /^(?:[\p{L}\p{M}\p{N}\t .,;@'’"%–—-]|:(?!\S))*$/u.test(words);
}

function valuesOf(proposals: readonly Proposal[]): Map<CorrectedField, string | null> {
  const values = new Map<CorrectedField, string | null>();
  for (const id of correctedFields) {
    const ofField = proposals.filter(({ field }) => field === id);
    if (ofField.length > 0) values.set(id, ofField.find(({ value }) => value !== null)?.value ?? null);
  }
  return values;
}

const correctedFields = ['description', 'due-date', 'dri'] as const;

/** What stands for a value that only the writer knows. The reader takes each of them for a placeholder. */
export const placeholders: Readonly<Record<WrittenField['id'], string>> = {
  description: 'what will be done',
  'due-date': 'YYYY-MM-DD',
  dri: '@username',
};

/** What is to be typed into the fields; of two proposals for one field the certain one counts. */
function replacements(milestone: KrMilestone, proposals: readonly Proposal[]): Replacements {
  const result: Replacements = {};
  for (const id of correctedFields) {
    const ofField = proposals.filter(({ field }) => field === id);
    const chosen = ofField.find(({ value }) => value !== null) ?? ofField[0];
    if (chosen === undefined) continue;
    const value = chosen.value ?? placeholders[id];
    const old = chosen.behindOld === true ? collapsed(milestone.dueDate.raw) : '';
    result[id] = /^[^~`*_|]+$/.test(old) ? `~~${old}~~ ${value}` : value;
  }
  return result;
}
