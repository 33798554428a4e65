import type { Unread } from '../model/document.ts';
import { tableRows } from './table-rows.ts';

/** GitLab stores at most a million characters; front matter and a byte order mark may come on top. */
const longest = 1_200_000;
const deepest = 40;
/** Cells cost a multiple of plain text. */
const mostCells = 20_000;
/** Every block and line costs a multiple of plain text; a long KR has a few hundred. Code is cheap. */
const mostLines = 6000;
const mostCodeLines = 60_000;
/** Brackets, stars, references and addresses: each is looked at by itself, wherever it is. */
const mostInline = 25_000;
const mostAddresses = 4000;

/**
 * What a text may cost beyond its length, in nanoseconds by measurement of micromark 4: about the time of plain text
 * of that length, and a fifth of a second that any text may take.
 */
const budget = (length: number): number => 2e8 + length * 1000;
/** Up to so many times its budget a text may be tried in a thread of its own. */
const tryable = 8;
/** Delimiters (`*`, `[` …) of one paragraph are compared with each other. */
const perDelimiterPair = 25;
/** Opening and leaving a list item or quote goes through what was read before. */
const perTurnPair = 25;

const prefixPattern = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))*/;
const markerPattern = />|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)/g;
const addressPattern = /https?:|ftp:|www\.|@/gi;
const slowPattern = /[\\\t]| #(?=[ #])/g;
const delimiterPattern = /[[\]*_~!`<&(]/g;
const underlinePattern = /^ {0,3}(?:=+|-+)[ \t]*$/;
const rawHtmlPattern = /^ {0,3}<(?:script|pre|style|textarea|!|\?)/im;
const fencePattern = /^(`{3,}|~{3,})[^`]*$/;

interface Tally {
  delimiters: number;
  squares: number;
  turns: number;
  depth: number;
  cells: number;
  lines: number;
  inline: number;
}

/** A text beyond the limits. */
export interface Beyond {
  unread: Unread;
  /** Whether it may be read all the same where something else sets a deadline. */
  tryable: boolean;
}

/**
 * Looks at a text before it is parsed: null when parsing it is certain to take time in proportion to its length;
 * otherwise why that cannot be vouched for. Takes linear time itself, and the same text gets the same answer on
 * every machine.
 */
export const beyondLimits = (text: string): Unread | null => examine(text)?.unread ?? null;

/** The same, with whether the text is worth a try. */
export function examine(text: string): Beyond | null {
  const refused = tooMany(text);
  if (refused !== null) return { unread: refused, tryable: false };
  const tally = tallyOf(text);
  const unread = beyondCounts(tally);
  if (unread !== null) return { unread, tryable: false };
  const cost = tally.squares * perDelimiterPair + tally.turns * tally.turns * perTurnPair;
  const most = budget(text.length);
  if (cost <= most) return null;
  const many =
    tally.squares * perDelimiterPair > cost / 2
      ? 'brackets, stars and the like in one paragraph'
      : 'list items, quotes and underlines';
  return {
    unread: { reason: 'too-complex', detail: `too many ${many} to be read in reasonable time` },
    tryable: cost <= most * tryable,
  };
}

/** What can be told without looking at lines one by one. */
function tooMany(text: string): Unread | null {
  if (text.length > longest) {
    return { reason: 'too-long', detail: `${text.length} characters; at most ${longest} are read` };
  }
  const lines = lineCount(text);
  if (lines > mostCodeLines) {
    return { reason: 'too-long', detail: `${lines} lines; at most ${mostCodeLines} are read` };
  }
  const addresses = count(text, addressPattern);
  if (addresses > mostAddresses) {
    const detail = `${addresses} addresses and mentions; at most ${mostAddresses} are read`;
    return { reason: 'too-complex', detail };
  }
  return null;
}

function lineCount(text: string): number {
  let lines = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines += 1;
  }
  return lines;
}

function beyondCounts({ depth, cells, lines, inline }: Tally): Unread | null {
  if (depth > deepest) {
    return {
      reason: 'too-deeply-nested',
      detail: `lists or quotes nested ${depth} deep; at most ${deepest} are read`,
    };
  }
  if (lines > mostLines) {
    return { reason: 'too-long', detail: `more than ${mostLines} lines outside code` };
  }
  if (cells > mostCells) {
    return { reason: 'too-complex', detail: `tables of more than ${mostCells} cells` };
  }
  if (inline > mostInline) {
    return { reason: 'too-complex', detail: `more than ${mostInline} brackets, stars and the like` };
  }
  return null;
}

function tallyOf(text: string): Tally {
  const tally: Tally = { delimiters: 0, squares: 0, turns: 0, depth: 0, cells: 0, lines: 0, inline: 0 };
  // Raw HTML may swallow the beginning of code or of a table, and end in the middle of it.
  const trusted = !rawHtmlPattern.test(text);
  const isRow = tableRows();
  let fence: string | null = null;
  let before = '';
  let previousMarkers = 0;
  for (const line of linesOf(text)) {
    if (fence !== null) {
      if (line.startsWith(fence) && line.trimEnd() === fence) fence = null;
      continue;
    }
    const opened = trusted && before === '' ? fencePattern.exec(line)?.[1] : undefined;
    const blank = line.trim() === '';
    if (opened !== undefined) {
      closeChunk(tally);
      fence = opened;
      before = '';
      continue;
    }
    tally.lines += 1;
    if (beyondCounts(tally) !== null) break;
    const markers = blank ? 0 : countMarkers(line, tally);
    const row = isRow(line) && trusted;
    if (blank || row || startsAnew(line)) closeChunk(tally);
    const delimiters = count(line, delimiterPattern);
    tally.delimiters += delimiters;
    tally.inline += delimiters + count(line, slowPattern);
    const cells = line.includes('|') ? count(line, /\|/g) : 0;
    tally.cells += cells;
    if (cells > 200) tally.squares += cells * cells;
    if (!blank) {
      tally.turns += markers + (markers < previousMarkers ? 3 : 0);
      if (markers === 0 && previousMarkers === 0 && before !== '')
        tally.turns += underlinePattern.test(line) ? 3 : 0;
      if (markers === 0 && before !== '' && previousMarkers > 0) tally.turns += 1;
      previousMarkers = markers > 0 || before === '' ? markers : previousMarkers;
    } else previousMarkers = 0;
    before = blank ? '' : line;
  }
  closeChunk(tally);
  return tally;
}

function closeChunk(tally: Tally): void {
  // A few dozen of them in a paragraph are everyday writing.
  if (tally.delimiters > 60) tally.squares += tally.delimiters * tally.delimiters;
  tally.delimiters = 0;
}

/** Whether a line certainly begins a paragraph of its own: a heading or a bullet that is not indented. */
const startsAnew = (line: string): boolean => /^ {0,3}(?:[-*+][ \t]+[^\s]|#{1,6}[ \t])/.test(line);

function countMarkers(line: string, tally: Tally): number {
  const prefix = prefixPattern.exec(line)?.[0] ?? '';
  const markers = prefix === '' ? 0 : count(prefix, markerPattern);
  const indented = /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ').length ?? 0;
  // Items nested by indentation: two columns a level at least.
  const depth = markers > 0 ? markers + Math.floor(Math.min(indented, 1000) / 2) : 0;
  tally.depth = Math.max(tally.depth, depth);
  const openers = emphasisDepth(line);
  tally.squares += openers * openers * 50;
  return markers;
}

/** Runs of `*` and `_` nest in each other; hundreds of them on one line would be as many levels of the tree. */
function emphasisDepth(line: string): number {
  if (line.length < 200) return 0;
  const openers = count(line, /(?:^|[\s(])[*_]{1,3}(?=\S)/g);
  return openers > 400 ? openers : 0;
}

/** More than any limit: there is no need to count on. */
const enough = 70_000;

function count(text: string, pattern: RegExp): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (found < enough && pattern.exec(text) !== null) found += 1;
  return found;
}

function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from < text.length) {
    const newline = text.indexOf('\n', from);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(from, end > from && text[end - 1] === '\r' ? end - 1 : end);
    if (line.includes('\r')) yield* line.split('\r');
    else yield line;
    from = end + 1;
  }
}
