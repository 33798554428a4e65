import { memo } from './memo.ts';
import { shortened } from './words.ts';

/**
 * The one place where foreign text (titles, descriptions, names, rule files, our own marker's state) becomes
 * Markdown. Two ways only: words that cannot mean anything to GitLab stay words, everything else goes into code,
 * where neither quick actions nor references, mentions, HTML, emoji codes or formulas live (docs/gitlab.md §10, §11, §18).
 */

/** Characters of a text that is shown on one line, beyond which it is cut. */
const DEFAULT_LENGTH = 300;

/** Most texts: single blanks between visible characters of Latin-1 and some punctuation, nothing to be done. */
const ORDINARY = /^(?!.*(?:<!--|-->))[!-~¡-¬®-ÿ–—‘’“”…]+(?: [!-~¡-¬®-ÿ–—‘’“”…]+)*$/;

/**
 * The text on one line: no line ends, no control or direction-changing characters, no unpaired surrogates,
 * nothing that opens or ends an HTML comment.
 * @param max length in characters (code points), a cut marked by `…`
 */
export function plain(text: string, max: number = DEFAULT_LENGTH): string {
  if (text.length <= max && ORDINARY.test(text)) return text;
  const flat = text
    .trimStart()
    .slice(0, max * 8)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .replaceAll('<!--', '‹!--')
    .replaceAll('-->', '--›')
    .trim();
  return shortened(flat, max);
}

/** The text as inline code; '' when nothing is left of it. */
export function code(text: string, max: number = DEFAULT_LENGTH): string {
  const content = plain(text, max);
  if (content === '') return '';
  if (!content.includes('`')) return `\`${content}\``;
  const ticks = '`'.repeat(longestRun(content) + 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${content}${pad}${ticks}`;
}

/** A name as code; one that holds nothing visible is still there. */
export function named(text: string): string {
  return code(text) || '`?`';
}

/** A sentence at the beginning of a line: what does not begin with a letter might begin a list, a rule, a heading. */
export function asSentence(text: string): string {
  const words = prose(text);
  return /^[\p{L}`]/u.test(words) ? words : named(text);
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/**
 * A sentence, readable as such: words stay words; what is in quotation marks or back-ticks, and every word
 * that could be a reference, a mention, mark-up or an address, becomes inline code.
 */
export function prose(text: string, max: number = DEFAULT_LENGTH): string {
  const known = sentences.get(max) ?? memo((each) => escaped(each, max), { entries: 2000, length: max });
  sentences.set(max, known);
  return known(text);
}

/** By length. Hints, labels, and messages without a quotation are the same on most issues. */
const sentences = new Map<number, (text: string) => string>();

function escaped(text: string, max: number): string {
  const out: string[] = [];
  for (const piece of plain(text, max).split(/(`[^`]*`|"[^"]*"|“[^”]*”)/)) {
    if (piece === '') continue;
    const quoted = /^[`"“]/.test(piece) && piece.length > 1 ? code(piece.slice(1, -1)) : '';
    append(out, quoted === '' ? words(piece) : quoted);
  }
  return out.join('').trim();
}

/** Two code spans must not touch: their back-ticks would become one fence. */
function append(out: string[], piece: string): void {
  if (piece === '') return;
  if (out.at(-1)?.endsWith('`') === true && piece.startsWith('`')) out.push(' ');
  out.push(piece);
}

/** What most words are; the test of the others says why not all are. */
const SHORT_WORD = /^(?!.*www)[A-Za-z]{1,6}[.,;:!?]?$/i;

function words(text: string): string {
  const out: string[] = [];
  let risky: string[] = [];
  const flush = () => {
    if (risky.length > 0) out.push(code(risky.join(' ')));
    risky = [];
  };
  for (const word of text.split(' ')) {
    if (SHORT_WORD.test(word)) {
      flush();
      out.push(word);
      continue;
    }
    const [, lead = '', core = '', trail = ''] = /^([('’‘]*)(.*?)([.,;:!?)'’…]*)$/su.exec(word) ?? [];
    if (isWord(core)) {
      flush();
      out.push(`${lead}${core}${trail}`);
    } else if (lead === '' && trail === '') {
      risky.push(core);
    } else {
      if (lead !== '') flush();
      risky.push(core);
      const span = code(risky.join(' '));
      risky = [];
      out.push(`${lead}${span}${trail}`);
    }
  }
  flush();
  return out.join(' ');
}

/** True for words that mean nothing to GitLab wherever they stand but at the start of a line. */
function isWord(core: string): boolean {
  if (/^\d{1,4}(?:[.,]\d{1,2})?%$/.test(core)) return true;
  return (
    /^[\p{L}\p{M}\p{N}'’.,;()/–—…-]*$/u.test(core) &&
    !core.startsWith('/') &&
    !/[0-9a-f]{7}/i.test(core) &&
    !/\p{L}[\p{L}\p{N}]*-\d/u.test(core) &&
    !/www/i.test(core)
  );
}

/**
 * A fenced block that nothing in it can end.
 * @param lines each is shown as one line
 * @param indent blanks before every line, of an item it belongs to; they are no part of what is copied
 */
export function fenced(lines: readonly string[], indent = ''): string {
  const safe = lines.map((line) => {
    const content = line
      .replaceAll('\t', '    ')
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      // Without a beginning, `-->` is an arrow, and lines are copied from here.
      .replaceAll('<!--', '‹!--')
      .trimEnd();
    // Older servers look for quick actions and for quotes of several lines by pattern, and do not know longer fences.
    return indent === '' && /^(?:\/|>>>)/.test(content) ? ` ${content}` : content;
  });
  const ticks = '`'.repeat(Math.max(3, longestRun(safe.join('\n')) + 1));
  return [`${ticks}markdown`, ...safe, ticks].map((line) => `${indent}${line}`).join('\n');
}

/** Pages that GitLab takes for a reference when they are linked, and notes in the other thing's history. */
const REFERENCED =
  /\/(?:issues|work_items|epics|merge_requests|commit|compare|milestones|snippets|designs|alert_management|security\/vulnerabilities|iterations)\/[^/]/i;

/** A link to a page, its label in our own words; '' when the address is not an http(s) page that can be linked without side effects. */
export function link(label: string, url: string): string {
  if (!URL.canParse(url) || REFERENCED.test(decodedPath(new URL(url)))) return '';
  return linkToIssue(label, url);
}

/** A link to an issue of this GitLab, which notes it in the history of that issue; '' when the address is not a page. */
export function linkToIssue(label: string, url: string): string {
  if (!URL.canParse(url)) return '';
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return '';
  const target = parsed.href
    .replace(/[()<>\\`|[\]"'@*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('&', '&amp;');
  return `[${label}](${target})`;
}

function decodedPath(url: URL): string {
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return url.pathname;
  }
}

/**
 * `@name` as GitLab reads it, or null when no user can have that name or it stands for everybody.
 * Underscores that Markdown might take for emphasis become entities, which GitLab reads all the same.
 */
export function mention(username: string): string | null {
  if (!isUserName(username)) return null;
  const name = username.replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '&#95;');
  return `@${name}`;
}

/** A name that GitLab gives to people: letters, digits, `_`, `.`, `-`; `all` means everybody. */
export function isUserName(name: string): boolean {
  return (
    name.length <= 255 &&
    /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name) &&
    !name.endsWith('.') &&
    name.toLowerCase() !== 'all'
  );
}
