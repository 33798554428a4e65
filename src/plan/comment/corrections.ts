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
    .flatMap(([milestone, rules]) => correctedMilestone(milestone, rules, template));
}

function brokenMilestones(document: KrDocument, findings: readonly Finding[]): Map<KrMilestone, string[]> {
  const broken = new Map<KrMilestone, string[]>();
  for (const { subject, rule } of findings) {
    const milestone = subject.part === 'milestone' ? document.milestones[subject.index] : undefined;
    if (milestone !== undefined) broken.set(milestone, [...(broken.get(milestone) ?? []), rule]);
  }
  return broken;
}

function correctedMilestone(milestone: KrMilestone, rules: string[], template: TemplateFacts): string[] {
  const complained = (word: string) => rules.some((rule) => rule.includes(word));
  const { state, label, description, descriptionProblem, dueDate, dris, driProblem } = milestone;
  const text = template.milestoneLine({
    state,
    label: label === null ? null : oneLine(label),
    description: descriptionProblem === null && description !== '' ? oneLine(description) : null,
    dueDate: complained('date') || complained('overdue') ? null : dueDate.date,
    dri:
      driProblem !== null || dris.length === 0 || complained('dri')
        ? null
        : dris.map((name) => `@${name}`).join(', '),
  });
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return lines.some((line) => line.length > LENGTH) ? [] : lines;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
