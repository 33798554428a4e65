import type { Finding } from '../../model/finding.ts';
import type { CommentPolicy } from '../../model/policy.ts';
import type { TemplateFacts } from '../../model/reader.ts';
import { fenced, link, prose } from '../../text/markdown-escape.ts';
import { correctedLines } from './corrections.ts';
import type { Point } from './points.ts';
import { capital, type SectionsInput, sections } from './sections.ts';

/** How many mended points are shown struck through. */
const MENDED = 5;

export interface CommentInput extends SectionsInput {
  /** Greeting as Markdown; '' when nobody is addressed. */
  greeting: string;
  /** Those that nudge, in the order of the text. */
  findings: readonly Finding[];
  mended: readonly Point[];
  template: TemplateFacts;
  policy: CommentPolicy;
}

/**
 * The comment without its marker. Foreign text enters through `escape.ts` only, and never begins a line: there
 * Markdown would take it for a list, a quote or a quick action.
 */
export function renderComment(input: CommentInput): string {
  const { findings, policy } = input;
  const shown = spelledOut(findings, policy.maxFindings);
  const hidden = findings.length - shown.length;
  return [
    opening(input),
    ...sections(shown, input),
    ...(hidden > 0 ? [`…and ${hidden} more. They show up here as these are mended.`] : []),
    ...mendedLines(input.mended),
    ...corrections(shown, input),
    closing(policy),
  ].join('\n\n');
}

/**
 * What remains of the comment when nothing is left to do: one friendly line. It names nobody, so that it stays as it
 * is when people come and go.
 */
export function renderThanks(): string {
  return '✅ Everything that is asked for is here: nothing left to do. Thank you!';
}

/** Errors before warnings when not all fit; shown in the order of the text all the same. */
function spelledOut(findings: readonly Finding[], max: number): Finding[] {
  const byWeight = [
    ...findings.filter((finding) => finding.severity === 'error'),
    ...findings.filter((finding) => finding.severity !== 'error'),
  ];
  const first = new Set(byWeight.slice(0, Math.max(1, max)));
  return findings.filter((finding) => first.has(finding));
}

function opening({ greeting, findings, template }: CommentInput): string {
  const noun = template.nouns.one;
  const needed = findings.filter((finding) => finding.severity === 'error').length;
  const advised = findings.length - needed;
  const verb = needed === 1 ? 'is' : 'are';
  const more = advised === 0 ? '' : `, and ${numeral(advised)} ${advised === 1 ? 'is' : 'are'} recommended`;
  if (needed === 0) {
    const hello = greeting === '' ? 'Hello' : `Hello ${greeting}`;
    return `${hello}, nothing essential is missing here. ${capital(points(advised))} would make it clearer:`;
  }
  return greeting === ''
    ? `Hello, ${points(needed)} ${verb} still open in this ${noun}${more}:`
    : `Hello ${greeting}, thank you for looking after this ${noun}. ${capital(points(needed))} ${verb} still open${more}:`;
}

function points(count: number): string {
  return `${numeral(count)} point${count === 1 ? '' : 's'}`;
}

function numeral(count: number): string {
  return (
    ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ??
    String(count)
  );
}

/** Lines of a paragraph: as a list they would join the list above them, and with it the last milestone. */
function mendedLines(mended: readonly Point[]): string[] {
  if (mended.length === 0) return [];
  const rest = mended.length - MENDED;
  const lines = mended.slice(0, MENDED).map(([, , text]) => `✅ ~~${prose(text) || 'one point'}~~`);
  return [[...lines, ...(rest > 0 ? [`✅ and ${rest} more`] : [])].join('\\\n')];
}

function corrections(
  findings: readonly Finding[],
  { document, template, policy, source }: CommentInput,
): string[] {
  const lines = policy.corrections ? correctedLines(document, findings, template, source) : [];
  if (lines.length === 0) return [];
  // The blank lines make Markdown live inside the HTML block; nothing but the fence stands between them.
  return ['<details>\n<summary>Corrected lines to copy</summary>', fenced(lines), '</details>'];
}

function closing({ signature, handbookUrl }: CommentPolicy): string {
  const page = handbookUrl === null ? '' : link('How we write Key Results', handbookUrl);
  const who = prose(signature, 60) || 'a bot';
  return [
    `I am ${who}, a bot. Just edit the issue: this comment updates itself, no reply needed.`,
    ...(page === '' ? [] : [`${page}.`]),
  ].join(' ');
}
