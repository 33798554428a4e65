import type { KrDocument, KrHygieneDocument, KrMilestone } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { TemplateFacts } from '../../model/reader.ts';

/** Lines offered at most, and how long one may be: beyond that nobody copies them from a comment. */
const LINES = 12;
const LENGTH = 500;

/**
 * The broken milestones as the template writes them, what is known filled in, the rest an example. What a finding
 * complains about is not known, even when it could be read: an overdue date, somebody who is no member.
 */
export function correctedLines(
  document: KrHygieneDocument,
  findings: readonly Finding[],
  template: TemplateFacts,
): string[] {
  if (document.kind !== 'kr' || !template.has('milestones')) return [];
  const broken = brokenMilestones(document, findings);
  return [...broken]
    .slice(0, LINES)
    .flatMap(([milestone, complaints]) => correctedMilestone(milestone, complaints, template));
}

interface Complaints {
  /** How the comment calls the milestone. */
  label: string;
  rules: string[];
}

function brokenMilestones(document: KrDocument, findings: readonly Finding[]): Map<KrMilestone, Complaints> {
  const broken = new Map<KrMilestone, Complaints>();
  for (const { subject, rule } of findings) {
    const milestone = subject.part === 'milestone' ? document.milestones[subject.index] : undefined;
    if (milestone === undefined || subject.part !== 'milestone') continue;
    broken.set(milestone, { label: subject.label, rules: [...(broken.get(milestone)?.rules ?? []), rule] });
  }
  return broken;
}

/** Nothing, when nothing is known: that would be the template over again. */
function correctedMilestone(
  milestone: KrMilestone,
  { label, rules }: Complaints,
  template: TemplateFacts,
): string[] {
  const complained = (word: string) => rules.some((rule) => rule.includes(word));
  const { state, description, descriptionProblem, dueDate, dris, driProblem } = milestone;
  const known = {
    description: descriptionProblem === null && description.trim() !== '' ? oneLine(description) : null,
    dueDate: complained('date') || complained('overdue') ? null : dueDate.date,
    dri:
      driProblem !== null || dris.length === 0 || complained('dri')
        ? null
        : dris.map((name) => `@${name}`).join(', '),
  };
  if (Object.values(known).every((value) => value === null)) return [];
  const text = template.milestoneLine({ state, label: oneLine(milestone.label ?? label), ...known });
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return lines.some((line) => line.length > LENGTH) ? [] : lines;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
