import type { KrHygieneDocument, KrMilestone } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { CommentPolicy } from '../../model/policy.ts';
import type { TemplateFacts } from '../../model/reader.ts';
import { correctedLines } from './corrections.ts';
import { code, fenced, link, prose } from './escape.ts';
import type { Point } from './points.ts';

/** How many mended points are shown struck through, and how much of a line is quoted. */
const MENDED = 5;
const QUOTE = 72;

export interface CommentInput {
  /** Greeting as Markdown; '' when nobody is addressed. */
  greeting: string;
  /** Those that nudge, in the order of the text. */
  findings: readonly Finding[];
  mended: readonly Point[];
  source: string;
  document: KrHygieneDocument;
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
    opening(input.greeting, findings),
    ...sections(shown, input),
    ...(hidden > 0 ? [`…and ${hidden} more. They show up here as these are mended.`] : []),
    ...mendedList(input.mended),
    ...corrections(shown, input),
    closing(policy),
  ].join('\n\n');
}

/**
 * What remains of the comment when nothing is left to do: one friendly line. It names nobody, so that it stays as it
 * is when people come and go.
 */
export function renderThanks(): string {
  return '✅ Thank you! Everything that was asked for is here now: nothing left to do.';
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

function opening(greeting: string, findings: readonly Finding[]): string {
  const hello = greeting === '' ? 'Hello' : `Hello ${greeting}`;
  const needed = findings.filter((finding) => finding.severity === 'error').length;
  const advised = findings.length - needed;
  if (needed === 0) {
    return `${hello}, nothing essential is missing here. ${capital(points(advised))} would make it clearer:`;
  }
  const open = `${capital(points(needed))} ${needed === 1 ? 'is' : 'are'} still open`;
  const more = advised === 0 ? '' : `, and ${numeral(advised)} ${advised === 1 ? 'is' : 'are'} recommended`;
  return `${hello}, thank you for looking after this Key Result. ${open}${more}:`;
}

function points(count: number): string {
  return `${numeral(count)} point${count === 1 ? '' : 's'}`;
}

function numeral(count: number): string {
  return (
    ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][count] ?? String(count)
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What concerns the whole issue first, then milestone by milestone. */
function sections(findings: readonly Finding[], input: CommentInput): string[] {
  const general = findings.filter((finding) => finding.subject.part !== 'milestone');
  const milestones = new Map<number, Finding[]>();
  for (const finding of findings) {
    if (finding.subject.part !== 'milestone') continue;
    milestones.set(finding.subject.index, [...(milestones.get(finding.subject.index) ?? []), finding]);
  }
  const inOrder = [...milestones].sort(([a], [b]) => a - b).map(([, group]) => group);
  return [
    ...(general.length === 0
      ? []
      : [general.map((finding) => bullet(finding, quoteOf(finding, input.source))).join('\n')]),
    ...inOrder.map((group) => milestoneSection(group, input)),
  ];
}

function milestoneSection(findings: readonly Finding[], { source, document }: CommentInput): string {
  const subject = findings[0]?.subject;
  const { index, label } = subject?.part === 'milestone' ? subject : { index: 0, label: '' };
  const milestone = document.kind === 'kr' ? document.milestones[index] : undefined;
  const title = `**${prose(label, 80) || `Milestone ${index + 1}`}**`;
  const quote = milestone === undefined ? '' : code(milestoneWords(milestone, source), QUOTE);
  return [
    quote === '' ? title : `${title}: ${quote}`,
    '',
    ...findings.map((finding) => bullet(withoutPrefix(finding, label), '')),
  ].join('\n');
}

/** By what a reader finds the milestone again: its description, else its line without box and label. */
function milestoneWords(milestone: KrMilestone, source: string): string {
  const { description, descriptionProblem, label, place } = milestone;
  if (descriptionProblem === null && description.trim() !== '') return description;
  const line = lineAt(source, place.start.offset).replace(/^\s*(?:[-*+]\s+)?(?:\[.\]\s+)?/u, '');
  return label !== null && line.startsWith(label) ? line.slice(label.length).replace(/^[:.\s]+/, '') : line;
}

/** Under its own heading a message need not repeat whose it is. */
function withoutPrefix(finding: Finding, label: string): Finding {
  const prefix = `${label}: `;
  if (!finding.message.startsWith(prefix)) return finding;
  return { ...finding, message: capital(finding.message.slice(prefix.length)) };
}

function bullet(finding: Finding, quote: string): string {
  const needed = finding.severity === 'error';
  return [
    `- ${needed ? '🔸' : '🔹'} ${prose(finding.message)}`,
    quote === '' ? '' : `It says: ${quote}.`,
    finding.hint === null ? '' : prose(finding.hint),
    needed ? '' : '*(recommended)*',
    finding.url === null ? '' : link('Why?', finding.url),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The line a finding is about, unless its message quotes the text already. */
function quoteOf(finding: Finding, source: string): string {
  if (finding.place === null || finding.message.includes('“')) return '';
  return code(lineAt(source, finding.place.start.offset), QUOTE);
}

function lineAt(source: string, offset: number): string {
  const start = source.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = source.indexOf('\n', offset);
  return source.slice(start, end === -1 ? source.length : end);
}

function mendedList(mended: readonly Point[]): string[] {
  if (mended.length === 0) return [];
  const rest = mended.length - MENDED;
  const lines = mended.slice(0, MENDED).map(([, , text]) => `- ✅ ~~${prose(text) || 'one point'}~~`);
  return [[...lines, ...(rest > 0 ? [`- ✅ and ${rest} more mended`] : [])].join('\n')];
}

function corrections(findings: readonly Finding[], { document, template, policy }: CommentInput): string[] {
  const lines = policy.corrections ? correctedLines(document, findings, template) : [];
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
