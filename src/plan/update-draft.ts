import type { KrDocument, KrMilestone } from '../model/document.ts';
import type { TemplateFacts } from '../model/reader.ts';
import type { Timeline } from '../model/timeline.ts';
import { newestClaim } from '../model/updates.ts';
import { filled, itemsOf, oneLine } from './draft-text.ts';

/** What is known for the draft of an update. */
export interface DraftInput {
  document: KrDocument;
  timeline: Timeline;
  /** The weekly update template: its text, and what it calls its sections. */
  template: { text: string; facts: Pick<TemplateFacts, 'headingOf' | 'isTemplateText'> };
  /** The Monday of the week it is for, `YYYY-MM-DD`. */
  week: string;
}

/** What the template itself says must not be quoted: it would be taken for a place that was left. */
type Words = Pick<TemplateFacts, 'isTemplateText'>;

/** More of each kind of line is left to the writer. */
const lines = 6;

/**
 * The weekly update template filled in with what is known: the week, the percentage, milestones done and due since the
 * last update, and what was to happen next, as a question. Two places stay free, the status and one line; filled in,
 * the text satisfies every rule. Markdown to be copied: show it in a fence.
 */
export function draftUpdate({ document, timeline, template, week }: DraftInput): string {
  const last = newestClaim(timeline);
  const completed = [
    ...doneSince(document, timeline, { since: last?.createdAt ?? null, facts: template.facts }),
    ...(last === null ? [] : asQuestions(last.document.nextSteps.text, template.facts)),
  ].slice(0, lines);
  const next = nextMilestones(document, template.facts).slice(0, lines);
  const percent = percentOf(document, last?.percent ?? null);
  let text = template.text.replaceAll('\r\n', '\n').trimEnd().replaceAll('YYYY-MM-DD', week);
  text = text.replace(/XX ?%/g, `${percent}%`);
  const { facts } = template;
  const isFree = completed.length === 0;
  text = filled(text, facts.headingOf('completed'), completed, false);
  // What is to come is always known of: the next milestone, or that there is none.
  return filled(text, facts.headingOf('next-steps'), next, !isFree);
}

/** Milestones ticked since the last update, as far as GitLab tells when. */
function doneSince(
  { milestones }: KrDocument,
  { entries }: Timeline,
  { since, facts }: { since: string | null; facts: Words },
): string[] {
  return milestones.flatMap((milestone, index) => {
    if (milestone.state !== 'done') return [];
    const ticked = entries.findLast((entry) => entry.milestone === index);
    const isNew =
      ticked?.what === 'milestone-done' && (since === null || Date.parse(ticked.at) > Date.parse(since));
    return isNew ? [`${nameOf(milestone, index, facts)} is done (${ticked.on})`] : [];
  });
}

/** Last week's next steps, each a question to be answered or deleted; words of the template are not steps. */
function asQuestions(text: string, { isTemplateText }: Words): string[] {
  return itemsOf(text)
    .filter((line) => !isTemplateText(line))
    .map((line) => `“${line}”: did this happen?`);
}

/** Open milestones by their dates; those without one last. */
function nextMilestones({ milestones }: KrDocument, facts: Words): string[] {
  const open = milestones
    .map((milestone, index) => ({ milestone, index, date: milestone.dueDate.date ?? '9999-12-31' }))
    .filter(({ milestone }) => milestone.state === 'open')
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.index - b.index));
  if (open.length === 0) return ['Close this issue, or add the milestone that is still to come'];
  return open.slice(0, 2).map(({ milestone, index }) => {
    const { date } = milestone.dueDate;
    return `${nameOf(milestone, index, facts)}${date === null ? '' : ` (due ${date})`}`;
  });
}

function nameOf({ label, description }: KrMilestone, index: number, { isTemplateText }: Words): string {
  const name = oneLine(label ?? '') || `Milestone ${index + 1}`;
  const line = oneLine(description);
  const text = isTemplateText(line) ? '' : line;
  return text === '' ? name : `${name}, “${text}”,`.replace(/,$/, '');
}

/** From the milestones that are done; never below what was claimed before. With neither it is 0: a draft has no third place to fill. */
function percentOf({ milestones }: KrDocument, before: number | null): number {
  const counted = milestones.filter(({ state }) => state !== 'inapplicable');
  const done = counted.filter(({ state }) => state === 'done').length;
  const share = counted.length === 0 ? null : Math.round((100 * done) / counted.length);
  if (share === null) return Math.round(before ?? 0);
  const isClaimPossible = before !== null && (before < 100 || done === counted.length);
  return isClaimPossible ? Math.max(share, Math.round(before)) : share;
}
