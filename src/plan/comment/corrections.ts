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
import { inOwnWords, type Replacements } from './own-words.ts';

/** Lines offered at most, and how long one may be: beyond that no one copies them from a comment. */
const LINES = 12;
const LENGTH = 500;

/**
 * The milestones with findings as their writer has them, with the fields concerned replaced by what is to be typed
 * there; as the template writes them where it is not known how they are written. A milestone of which nothing is
 * known but placeholders is left out: what to type is said by the point itself.
 */
export function correctedLines(
  document: KrHygieneDocument,
  findings: readonly Finding[],
  template: TemplateFacts,
  source: string,
): string[] {
  if (document.kind !== mainKind || !template.has('milestones')) return [];
  const result: string[] = [];
  for (const [milestone, concerning] of withFindings(document, findings)) {
    const lines = correctedMilestone(milestone, concerning, template, source);
    if (lines.length === 0) continue;
    // Blank lines set off what is more than one line.
    const apart = result.length > 0 && (lines.length > 1 || result.at(-1)?.trim() === '') ? [''] : [];
    if (result.length + apart.length + lines.length > LINES) break;
    result.push(...apart, ...lines);
  }
  return result;
}

interface Concerning {
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
    result.set(milestone, { label: subject.label, findings: [...known, finding] });
  }
  return result;
}

/** Nothing, when nothing certain would change. */
function correctedMilestone(
  milestone: KrMilestone,
  { label, findings }: Concerning,
  template: TemplateFacts,
  source: string,
): string[] {
  const proposals = findings.flatMap((finding) => finding.proposals ?? []);
  if (!proposals.some(({ field, value }) => value !== null && field in placeholders)) return [];
  // A line of HTML is one tag among others: what to type there is said by the point itself.
  if (/^<[a-z]/i.test(source.slice(milestone.place.start.offset, milestone.place.start.offset + 2)))
    return [];
  const changes = replacements(milestone, proposals);
  const lines =
    milestone.written === undefined
      ? inTheTemplate(milestone, label, changes, template)
      : (inOwnWords(milestone, changes, source, template) ?? []);
  // The beginning of an HTML comment cannot be shown as it is, so the line could not be copied.
  const unfit = lines.some((line) => line.length > LENGTH || line.includes('<!--'));
  return lines.length > LINES || unfit ? [] : lines;
}

function inTheTemplate(
  { state, label: own, description, descriptionProblem, dueDate, dris, driProblem }: KrMilestone,
  label: string,
  changes: Replacements,
  template: TemplateFacts,
): string[] {
  const known = {
    description: descriptionProblem === null && description.trim() !== '' ? collapsed(description) : null,
    dueDate: dueDate.date,
    dri: driProblem !== null || dris.length === 0 ? null : dris.map((name) => `@${name}`).join(', '),
  };
  return template
    .milestoneLine({
      state,
      label: collapsed(own ?? label),
      description: changes.description ?? known.description,
      dueDate: changes['due-date'] ?? known.dueDate,
      dri: changes.dri ?? known.dri,
    })
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '');
}

/** What stands for a value that only the writer knows. The reader takes each of them for a placeholder. */
export const placeholders: Readonly<Record<WrittenField['id'], string>> = {
  description: 'what will be done',
  'due-date': 'YYYY-MM-DD',
  dri: '@username',
};

/** What is to be typed into the fields; of two proposals for one field the certain one counts. */
function replacements(milestone: KrMilestone, proposals: readonly Proposal[]): Replacements {
  const result: Replacements = {};
  for (const id of ['description', 'due-date', 'dri'] as const) {
    const ofField = proposals.filter(({ field }) => field === id);
    const chosen = ofField.find(({ value }) => value !== null) ?? ofField[0];
    if (chosen === undefined) continue;
    const value = chosen.value ?? placeholders[id];
    const old = chosen.behindOld === true ? collapsed(milestone.dueDate.raw) : '';
    result[id] = /^[^~`*_|]+$/.test(old) ? `~~${old}~~ ${value}` : value;
  }
  return result;
}
