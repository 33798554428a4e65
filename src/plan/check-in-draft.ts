import type { StatusValue } from '../model/document.ts';
import type { TemplateFacts } from '../model/reader.ts';
import type { UpdateEntry } from '../model/timeline.ts';
import { filled, itemsOf, oneLine } from './draft-text.ts';

/** A KR of the OKR, and what its people said. */
export interface CheckInKr {
  /** `KR1 (Alert Quality)`, else its statement, else its reference. */
  name: string;
  /** The newest update; null: there is none. */
  newest: UpdateEntry | null;
}

export interface CheckInDraftInput {
  /** In the order in which they are to be listed. */
  krs: readonly CheckInKr[];
  /** The Monday of the week it is for, `YYYY-MM-DD`. */
  week: string;
  /** The check-in template: its text, and what it calls its sections. */
  template: { text: string; facts: Pick<TemplateFacts, 'headingOf' | 'isTemplateText'> };
}

const statusWords: Record<StatusValue, string> = {
  'on-track': 'on track',
  'at-risk': 'at risk',
  'off-track': 'blocked',
};

/**
 * The check-in template filled in with one line for each KR: what its update of the week says. The status of the OKR is
 * left to its owner; chosen, the text satisfies every rule. Markdown to be copied: show it in a fence.
 */
export function draftCheckIn({ krs, week, template }: CheckInDraftInput): string {
  const { facts } = template;
  const text = template.text.replaceAll('\r\n', '\n').trimEnd();
  const accomplished = filled(
    text,
    facts.headingOf('accomplished'),
    krs.map((kr) => lineOf(kr, week, facts)),
    false,
  );
  const next = krs.flatMap(({ name, newest }) => {
    const first =
      newest === null || newest.isNoChange ? undefined : firstOf(newest.document.nextSteps.text, facts);
    return first === undefined ? [] : [`${oneLine(name)}: ${first}`];
  });
  return filled(accomplished, facts.headingOf('next-steps'), next, false);
}

/** The first line that is not the template's own: that would be taken for a place that was left. */
function firstOf(
  text: string,
  { isTemplateText }: Pick<TemplateFacts, 'isTemplateText'>,
): string | undefined {
  return itemsOf(text).find((line) => !isTemplateText(line));
}

function lineOf(
  { name, newest }: CheckInKr,
  week: string,
  facts: Pick<TemplateFacts, 'isTemplateText'>,
): string {
  const head = oneLine(name);
  if (newest === null) return `${head}: no update yet`;
  const { status, percent, document, countsFor, isNoChange } = newest;
  if (countsFor < week) return `${head}: no update for this week; the last is of the week of ${countsFor}`;
  if (isNoChange) return `${head}: no change`;
  const claims = [status === null ? '' : statusWords[status], percent === null ? '' : `${percent}%`];
  const done = document.kind === 'weekly-update' ? (firstOf(document.completed.text, facts) ?? '') : '';
  const said = claims.filter((claim) => claim !== '').join(', ') || 'an update without a status';
  return `${head}: ${said}${done === '' ? '' : `. ${done}`}`;
}
