import type { SubjectReport } from '../model/report.ts';
import { CONFIDENTIAL } from '../records/redact.ts';
import { hanging, type Look, oneLine, type Paint, painter, type Word, wordsOf, wrap } from './terminal.ts';

/** What is shown of a subject next to its comment. */
type Commented = Pick<
  SubjectReport,
  'ref' | 'title' | 'confidential' | 'status' | 'comment' | 'actions' | 'restraint' | 'error'
>;

/**
 * The comment on an issue as a reader of the issue sees it, drawn in a frame for a terminal: a light rendering of the
 * little Markdown that our comments consist of, not of Markdown at large. Ends with an empty line.
 */
export function renderCommentForTerminal(subject: Commented, look: Look): string {
  const paint = painter(look.color);
  const bar = paint.dim('│ ');
  const title = subject.confidential ? CONFIDENTIAL : oneLine(subject.title);
  const head = [...wordsOf(oneLine(subject.ref), paint.bold), ...wordsOf(title)];
  const frame = (lines: string[]) => lines.map((line) => `${bar}${line}`.trimEnd());
  return [
    ...wrap(head, look.columns - 2).map((line, index) => `${paint.dim(index === 0 ? '┌ ' : '│ ')}${line}`),
    ...frame(['', ...bodyLines(subject, look.columns - 2, paint), '']),
    ...wrap(wordsOf(footer(subject)), look.columns - 2).map(
      (line, index) => `${paint.dim(index === 0 ? '└ ' : '  ')}${paint.dim(line)}`,
    ),
    '',
    '',
  ].join('\n');
}

function footer({ actions, restraint, error }: Commented): string {
  const parts = actions.map(({ outcome, detail }) => `${outcome}: ${oneLine(detail)}`);
  if (restraint !== null) parts.push(`left: ${oneLine(restraint)}`);
  if (error !== null && !actions.some(({ detail }) => detail === error)) parts.push(oneLine(error));
  return parts.length === 0 ? 'nothing to do' : parts.join('; ');
}

function bodyLines(subject: Commented, width: number, paint: Paint): string[] {
  if (subject.confidential) return [paint.dim('(a confidential issue: its comment is not shown)')];
  if (subject.comment === null)
    return [paint.dim(subject.status === 'clean' ? '(in order, no comment needed)' : '(no comment)')];
  return markdownLines(subject.comment, width, paint);
}

function markdownLines(markdown: string, width: number, paint: Paint): string[] {
  const lines: string[] = [];
  let fence: { ticks: string; indent: number } | null = null;
  for (const raw of markdown.split('\n')) {
    // A fence may be an item of a list; its lines are indented by as much.
    const opening = /^(- +| *)(`{3,})/.exec(raw);
    if (fence === null && opening !== null)
      fence = { ticks: opening[2] ?? '', indent: opening[1]?.length ?? 0 };
    else if (fence !== null && raw.trim() === fence.ticks) fence = null;
    else if (fence !== null)
      lines.push(`    ${paint.green(printable(raw.slice(indentOf(raw, fence.indent))))}`);
    else lines.push(...proseLines(raw, width, paint));
  }
  const single = lines.filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '');
  return single.at(-1) === '' ? single.slice(0, -1) : single;
}

/** Blanks at the start of a line, at most so many. */
const indentOf = (line: string, most: number): number =>
  Math.min(most, line.length - line.trimStart().length);

function proseLines(raw: string, width: number, paint: Paint): string[] {
  if (raw.startsWith('<!--') || raw === '<details>' || raw === '</details>') return [];
  const summary = /^<summary>(.*)<\/summary>$/.exec(raw)?.[1];
  if (summary !== undefined) return [paint.bold(`▾ ${oneLine(summary)}`)];
  const [, mark = '', text = ''] = /^(- | {2}→ |)(.*?)\\?$/u.exec(raw) ?? [];
  if (text === '') return [''];
  const lines = wrap(inline(text, paint), width - mark.length);
  return hanging(mark === '- ' ? '• ' : mark, lines, mark.length);
}

interface Style {
  bold: boolean;
  italic: boolean;
  struck: boolean;
}

const toggles = { '**': 'bold', '*': 'italic', '~~': 'struck' } as const;

/** Code spans, links, bold, italic and struck-through text, the way our comments write them. */
function inline(text: string, paint: Paint): Word[] {
  const words: Word[] = [];
  let style: Style = { bold: false, italic: false, struck: false };
  let glued = false;
  for (const token of text.split(/(`+ ?[^`].*?`+(?!`)|\[[^\]]*\]\([^)]*\)|\*\*|\*|~~)/)) {
    if (token === '') continue;
    // Without colour, what is struck through has to show it by its marks.
    if (token in toggles && (token !== '~~' || paint.isColorSupported)) {
      const toggle = toggles[token as keyof typeof toggles];
      style = { ...style, [toggle]: !style[toggle] };
      continue;
    }
    const { text: shown, paint: color } = spanOf(token, paint);
    const added = wordsOf(printable(shown), styled(style, color, paint));
    if (glued && !shown.startsWith(' ')) words.push(...glue(words.pop(), added));
    else words.push(...added);
    glued = !shown.endsWith(' ');
  }
  return words;
}

function spanOf(token: string, paint: Paint): Word {
  const link = /^\[([^\]]*)\]\(([^)]*)\)$/.exec(token);
  // The address stays out, as it does on the page.
  if (link !== null)
    return { text: paint.isColorSupported ? `${link[1]}` : `[${link[1]}]`, paint: paint.underline };
  // Without colour the back-ticks stay: something must tell what is to be typed.
  if (token.startsWith('`') && !paint.isColorSupported) return { text: token, paint: (text) => text };
  if (token.startsWith('`')) return { text: token.replace(/^`+ ?| ?`+$/g, ''), paint: paint.cyan };
  return { text: token.replaceAll('&#95;', '_'), paint: (text) => text };
}

function styled({ bold, italic, struck }: Style, color: Word['paint'], paint: Paint): Word['paint'] {
  return (text) => {
    const colored = color(text);
    const heavy = bold ? paint.bold(colored) : colored;
    const slanted = italic ? paint.italic(heavy) : heavy;
    return struck ? paint.strikethrough(slanted) : slanted;
  };
}

/** What follows without a blank belongs to the word before it. */
function glue(last: Word | undefined, [first, ...rest]: Word[]): Word[] {
  if (last === undefined || first === undefined) return [last, first].filter((word) => word !== undefined);
  return [joined(last, first), ...rest];
}

function joined(a: Word, b: Word): Word {
  const cut = a.text.length;
  return { text: a.text + b.text, paint: (text) => a.paint(text.slice(0, cut)) + b.paint(text.slice(cut)) };
}

/** As `oneLine`, blanks kept. */
function printable(text: string): string {
  return text
    .replace(/[\t\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\p{Cc}|\p{Surrogate}|(?![\u200c\u200d])\p{Cf}/gu, '');
}
