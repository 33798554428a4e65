import type { KrDocument, KrHygieneDocument, KrMilestone } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { TemplateFacts } from '../../model/reader.ts';
import { inOwnWords, type Replacements } from './own-words.ts';

/** Lines offered at most, and how long one may be: beyond that nobody copies them from a comment. */
const LINES = 12;
const LENGTH = 500;

/**
 * The broken milestones as their writer has them, with the broken fields replaced by what is to be typed there; as the
 * template writes them where it is not known how they are written. What a finding complains about is not known, even
 * when it could be read: an overdue date, somebody who is no member.
 */
export function correctedLines(
  document: KrHygieneDocument,
  findings: readonly Finding[],
  template: TemplateFacts,
  source: string,
): string[] {
  if (document.kind !== 'kr' || !template.has('milestones')) return [];
  const result: string[] = [];
  for (const [milestone, complaints] of brokenMilestones(document, findings)) {
    const lines = correctedMilestone(milestone, complaints, template, source);
    if (lines.length === 0) continue;
    // Blank lines set off what is more than one line.
    const apart = result.length > 0 && (lines.length > 1 || result.at(-1)?.trim() === '') ? [''] : [];
    if (result.length + apart.length + lines.length > LINES) break;
    result.push(...apart, ...lines);
  }
  return result;
}

interface Complaints {
  /** How the comment calls the milestone. */
  label: string;
  findings: Finding[];
}

function brokenMilestones(document: KrDocument, findings: readonly Finding[]): Map<KrMilestone, Complaints> {
  const broken = new Map<KrMilestone, Complaints>();
  for (const finding of findings) {
    const { subject } = finding;
    const milestone = subject.part === 'milestone' ? document.milestones[subject.index] : undefined;
    if (milestone === undefined || subject.part !== 'milestone') continue;
    const known = broken.get(milestone)?.findings ?? [];
    broken.set(milestone, { label: subject.label, findings: [...known, finding] });
  }
  return broken;
}

/** Nothing, when nothing is known (that would be the template over again) or nothing would change. */
function correctedMilestone(
  milestone: KrMilestone,
  { label, findings }: Complaints,
  template: TemplateFacts,
  source: string,
): string[] {
  const complained = (word: string) => findings.some(({ rule }) => rule.includes(word));
  const { state, description, descriptionProblem, dueDate, dris, driProblem } = milestone;
  const known = {
    description: descriptionProblem === null && description.trim() !== '' ? oneLine(description) : null,
    dueDate: complained('date') || complained('overdue') ? null : dueDate.date,
    dri:
      driProblem !== null || dris.length === 0 || complained('dri')
        ? null
        : dris.map((name) => `@${name}`).join(', '),
  };
  const changes = replacements(milestone, findings, complained);
  if (Object.values(known).every((value) => value === null) || Object.keys(changes).length === 0) return [];
  // A line of HTML is one tag among others: what to type there is said by the point itself.
  if (/^<[a-z]/i.test(source.slice(milestone.place.start.offset, milestone.place.start.offset + 2)))
    return [];
  const lines =
    milestone.written === undefined
      ? template
          .milestoneLine({ state, label: oneLine(milestone.label ?? label), ...known })
          .split(/\r\n|\r|\n/)
          .filter((line) => line.trim() !== '')
      : (inOwnWords(milestone, changes, source, template) ?? []);
  // The beginning of an HTML comment cannot be shown as it is, so the line could not be copied.
  const unfit = lines.some((line) => line.length > LENGTH || line.includes('<!--'));
  return lines.length > LINES || unfit ? [] : lines;
}

/** What is to be typed into the fields that a finding complains about. */
function replacements(
  milestone: KrMilestone,
  findings: readonly Finding[],
  complained: (word: string) => boolean,
): Replacements {
  const { dueDate, descriptionProblem } = milestone;
  const result: Replacements = {};
  if (descriptionProblem !== null && complained('description')) result.description = 'what will be done';
  if (complained('date')) result['due-date'] = 'YYYY-MM-DD';
  else if (complained('overdue')) {
    // The new date behind the old one, as the rule advises.
    const old = oneLine(dueDate.raw);
    result['due-date'] = /^[^~`*_|]+$/.test(old) ? `~~${old}~~ YYYY-MM-DD` : 'YYYY-MM-DD';
  }
  const dri = people(milestone, findings);
  if (dri !== null) result.dri = dri;
  return result;
}

/** Who is to be named: whom the rule names itself, those it has nothing against, or somebody. Null: as it is. */
function people({ dris, driText }: KrMilestone, findings: readonly Finding[]): string | null {
  const finding = findings.find(({ rule, messageId }) => rule.includes('dri') && messageId !== 'too-many');
  if (finding === undefined) return null;
  const { messageId, message, hint } = finding;
  if (messageId === 'not-a-member') {
    const good = dris.filter((name) => !named(message, name));
    return good.length === 0 ? '@username' : good.map((name) => `@${name}`).join(', ');
  }
  const inCode = /^`(@\w[\w.-]*)`$/.exec(driText)?.[1];
  return /@[\w.-]{0,200}\w/.exec(hint ?? '')?.[0] ?? inCode ?? '@username';
}

/** Whether a message names a user, and not only one whose name begins like it. */
const named = (message: string, name: string): boolean =>
  message.split(/[\s,]+/).some((word) => word.replace(/\.$/, '') === `@${name}` || word === `@${name}.`);

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
