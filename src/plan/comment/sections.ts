import { type KrHygieneDocument, type KrMilestone, milestonesOf } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import { groupBy } from '../../model/groups.ts';
import { code, link, prose } from '../../text/markdown-escape.ts';
import type { Voice } from './voice.ts';

/** How much of a line is quoted, in characters: about one line of a phone. */
const QUOTE = 72;

/** How many names one milestone shows. */
const PEOPLE = 5;

export interface SectionsInput {
  source: string;
  document: KrHygieneDocument;
  /** User names of those whom the comment greets. */
  addressed: readonly string[];
  voice: Voice;
}

/**
 * The open points, as one Markdown block per group: what concerns the whole issue first, then milestone by milestone,
 * then each comment that has some of its own.
 */
export function sections(findings: readonly Finding[], input: SectionsInput): string[] {
  const noteOf = ({ noteId, subject }: Finding): number | null =>
    subject.part === 'milestone' ? null : (noteId ?? null);
  const ofDescription = findings.filter((finding) => noteOf(finding) === null);
  const ofNotes = [...groupBy(findings, noteOf)].map(
    ([noteId, group]) =>
      `**${input.voice.say('update', { comment: noteLink(input.voice.say('this-comment'), noteId) })}**\n\n${bullets(group, '', input.voice)}`,
  );
  return [...ofText(ofDescription, input), ...ofNotes];
}

function ofText(findings: readonly Finding[], input: SectionsInput): string[] {
  const { source, document, addressed, voice } = input;
  const general = findings.filter((finding) => finding.subject.part !== 'milestone');
  const byMilestone = groupBy(findings, ({ subject }) =>
    subject.part === 'milestone' ? subject.index : null,
  );
  const inOrder = [...byMilestone].sort(([a], [b]) => a - b);
  const groups = inOrder.map(([index, group]) =>
    milestoneGroup(
      group.map((finding) => withCommentLink(finding, voice)),
      {
        index,
        source,
        milestone: milestonesOf(document)[index],
        addressed: new Set(addressed.map((name) => name.toLowerCase())),
        voice,
      },
    ),
  );
  return [...(general.length === 0 ? [] : [bullets(general, source, voice)]), ...joined(groups)];
}

/** A link within the page: the address of an issue would be taken for a reference to it. */
const noteLink = (label: string, noteId: number): string => `[${label}](#note_${noteId})`;

/** A milestone's point that rests on a comment names the comment too. */
function withCommentLink(finding: Finding, voice: Voice): Linked {
  return finding.noteId === undefined
    ? finding
    : { ...finding, comment: noteLink(voice.say('the-comment'), finding.noteId) };
}

/** A finding with the comment it rests on, as Markdown. */
type Linked = Finding & { comment?: string };

interface MilestoneGroup {
  heading: string;
  points: string;
}

function milestoneGroup(
  findings: readonly Finding[],
  context: {
    index: number;
    source: string;
    milestone: KrMilestone | undefined;
    addressed: ReadonlySet<string>;
    voice: Voice;
  },
): MilestoneGroup {
  const { index, source, milestone, addressed, voice } = context;
  const label = findings.map(({ subject }) => (subject.part === 'milestone' ? subject.label : ''))[0] ?? '';
  const title = `**${prose(label, 80) || voice.say('milestone', { number: index + 1 })}**`;
  // Anyone who is greeted knows; the others are named, so that someone can ask them.
  const others = [...new Set(findings.flatMap(({ people }) => people))]
    .filter((name) => !addressed.has(name.toLowerCase()))
    .map((name) => code(name, 80))
    .filter((name) => name !== '')
    .slice(0, PEOPLE);
  const who = others.length === 0 ? '' : ` (${others.join(', ')})`;
  const quote = milestone === undefined ? '' : code(wordsOf(milestone, findings, source), QUOTE);
  const points = findings.map((finding) => withoutPrefix(finding, label));
  return { heading: `${title}${who}${quote === '' ? '' : `: ${quote}`}`, points: bullets(points, '', voice) };
}

/** Milestones with the very same points share them: an untouched template would fill a page otherwise. */
function joined(groups: readonly MilestoneGroup[]): string[] {
  return [...groupBy(groups, ({ points }) => points)].map(
    ([points, same]) => `${same.map(({ heading }) => heading).join('\\\n')}\n\n${points}`,
  );
}

/** By what a reader finds the milestone again: its description, else its line, unless a message quotes that. */
function wordsOf(milestone: KrMilestone, findings: readonly Finding[], source: string): string {
  const { description, descriptionProblem, label, place, written } = milestone;
  if (descriptionProblem === null && description.trim() !== '') return description;
  if (findings.some(quotes)) return '';
  // Of a milestone with a name, what else is there is labels without values.
  if (label !== null && (written?.length ?? 0) > 0) return '';
  const line = lineAt(source, place.start.offset).replace(/^\s*(?:[-*+]\s+)?(?:\[.\]\s+)?/u, '');
  return label !== null && line.startsWith(label) ? line.slice(label.length).replace(/^[:.\s]+/, '') : line;
}

/** Under its own heading a message need not repeat whose it is. */
function withoutPrefix(finding: Finding, label: string): Finding {
  const prefix = `${label}: `;
  if (!finding.message.startsWith(prefix)) return finding;
  return { ...finding, message: capital(finding.message.slice(prefix.length)) };
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is needed before what is recommended; points that ask for the same say so once, at the last of them. */
function bullets(findings: readonly Finding[], source: string, voice: Voice): string {
  const inOrder = counted(
    [
      ...findings.filter(({ severity }) => severity === 'error'),
      ...findings.filter(({ severity }) => severity !== 'error'),
    ],
    voice,
  );
  return inOrder
    .map((finding, index) => {
      const next = inOrder[index + 1];
      const repeated = next?.rule === finding.rule && next.hint === finding.hint;
      const point = repeated ? { ...finding, hint: null, url: null } : finding;
      return bullet(point, quoteOf(finding, source), voice);
    })
    .join('\n');
}

/** Points in the very same words are one, with how often it comes; no line of them is quoted then. */
function counted(findings: readonly Finding[], voice: Voice): readonly Finding[] {
  if (findings.length < 2) return findings;
  const same = groupBy(findings, ({ rule, severity, message, hint }) =>
    [rule, severity, message, hint].join('\n'),
  );
  return [...same.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const message = first.message.replace(/\.$/, '');
    const often = `${voice.say('times', { message, count: more.length + 1 })}.`;
    return [more.length === 0 ? first : { ...first, message: often, place: null }];
  });
}

/** What is wrong, and on the next line what to do. No line begins with foreign text. */
function bullet(finding: Linked, quote: string, voice: Voice): string {
  const mark = finding.severity === 'error' ? '🔸' : '🔹';
  const why = finding.url === null ? '' : link(voice.say('why'), finding.url);
  const message = prose(finding.message);
  const said = quote === '' ? message : voice.say('quoted', { message, quote });
  const todo = [finding.hint === null ? '' : prose(finding.hint), finding.comment ?? '', why]
    .filter((part) => part !== '')
    .join(' ');
  return `- ${mark} ${said}${todo === '' ? '' : `\\\n  → ${todo}`}`;
}

/** The line a finding is about, unless its message quotes the text, or the line is but a heading. */
function quoteOf(finding: Finding, source: string): string {
  if (finding.place === null || quotes(finding)) return '';
  const line = lineAt(source, finding.place.start.offset);
  return /^\s*#/.test(line) ? '' : code(line, QUOTE);
}

function quotes({ message }: Finding): boolean {
  return message.includes('“');
}

function lineAt(source: string, offset: number): string {
  const start = offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
  const end = source.indexOf('\n', offset);
  return source.slice(start, end === -1 ? source.length : end);
}
