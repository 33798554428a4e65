import type { KrTitle } from '../../model/document.ts';

const gap = /^[\s\-–—:|,.;/•·：｜，、]+/u;
/** Joins parts (`FY27_Q4_KR5`); before a word of the statement it is mark-up. */
const joint = /^_+/;
const prefix =
  /^(?:\s*(?:draft|wip|\[draft\]|\[wip\]|\(draft\)|\(copy\)|\[copy\]|copy of)\s*:?\s+|\s*(?:draft|wip):|\s*\[KR\](?=\s)|\s*KR\s+for\s+(?=FY|Q[1-4])|\s*#\d{1,9}(?=\s)|\s*\d{1,3}[.)](?=\s)|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200D|\uFE0F|:[a-z0-9_+-]{1,60}:|\s)+/iu;
const year = /^(?:FY|Fiscal\s+Year)[\s'’-]{0,2}(?:(?:\d{4}|\d{2})\/)?(\d{4}|\d{2})(?!\d)/i;
/** The calendar's year, half a year or a month: not a fiscal year or quarter, and no statement either. */
const otherTime =
  /^(?:CY\s?['’]?(?:\d{4}|\d{2})(?!\d)|(?:19|20)\d{2}(?=[\s\-–—:/_]*(?:Q[1-4]|KR|\())|H[12](?!\w)|['’]\d{2}(?!\d)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s+(?:19|20)\d{2}(?=\W+(?:Q[1-4]|KR)))/i;
const quarter = /^(?:(?:Q|Quarter|T(?=\d(?!\w)))\s?(\d{1,2})(?!\d)|([1-4])Q(?!\w))/i;
/** `SEC-1204 FY27 …`, `AppSec: FY27 …`: what is before the year is a prefix. */
const beforeYear =
  /^(?:[\p{L}\p{N}][\p{L}\p{N} ._-]{0,30}:|[A-Z]{2,10}-\d{1,6})\s+(?=[[(]?(?:FY|CY)\s?['’]?\d)/u;
/** The objective a KR belongs to: its number is not the KR's. */
const objective = /^(?:OKR|OBJ(?:ECTIVE)?|O)[\s#.-]?\d{1,2}(?=[\s.,:;–—-]*(?:KR|Key\s+Result)|[\s:–—-]+\()/i;
const number =
  /^(?:KR|Key\s+Result)(?:\s*[#№:-]?\s*|\s+no\.?\s*)(\d{1,3})(?:[.-](\d{1,3}))?(?![\d%])(?!\p{L})/iu;
/** Without a number, or with a sign that waits for one: `KR?`, `KR#`. */
const bareKr = /^(?:KR|Key\s+Result)(?:\s?(?:[#?]{1,3}|X{1,2}))?(?![\p{L}\p{N}])/iu;

const brackets: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['（', '）'],
  ['【', '】'],
]);

interface Parts {
  fiscalYear: number | null;
  quarter: 1 | 2 | 3 | 4 | null;
  number: number | null;
  reference: string | null;
}

/** Reads `FY22 Q3 KR1 (Reference) statement` in the ways people write it. What is not at the head is statement. */
export function readTitle(raw: string): KrTitle {
  const parts: Parts = { fiscalYear: null, quarter: null, number: null, reference: null };
  const seen = new Set<string>();
  let rest = raw.slice(0, 1000).trim().replace(prefix, '').replace(beforeYear, '');
  for (let turn = 0; turn < 12; turn += 1) {
    rest = rest.replace(gap, '');
    const next = takePart(rest, parts, seen);
    if (next === null) break;
    rest = next.replace(joint, '');
  }
  const statement = (raw.length > 1000 ? rest + raw.slice(1000) : rest).replace(/^[\s)\]）】]+/, '').trim();
  return { raw, ...parts, statement: statement === '' ? null : statement };
}

/** Takes one part off the head; null when the statement begins. */
function takePart(rest: string, parts: Parts, seen: Set<string>): string | null {
  const open = rest[0];
  if (open !== undefined && brackets.has(open)) return takeBracket(rest, parts, seen);
  const fiscal = seen.has('year') ? null : year.exec(rest);
  if (fiscal !== null) {
    seen.add('year');
    const value = Number(fiscal[1]);
    parts.fiscalYear = value < 100 ? 2000 + value : value;
    return rest.slice(fiscal[0].length);
  }
  const other = otherTime.exec(rest) ?? (seen.has('number') ? null : objective.exec(rest));
  if (other !== null) {
    seen.add('other');
    return rest.slice(other[0].length);
  }
  const ofYear = seen.has('quarter') ? null : quarter.exec(rest);
  if (ofYear !== null) {
    seen.add('quarter');
    const value = Number(ofYear[1] ?? ofYear[2]);
    parts.quarter = value >= 1 && value <= 4 ? (value as 1 | 2 | 3 | 4) : null;
    const after = rest.slice(ofYear[0].length);
    // "Q3/Q4": neither is the quarter.
    const second = /^\s*(?:[/&+–-]|and|to)\s*Q\s?\d{1,2}(?!\d)/i.exec(after);
    if (second !== null) parts.quarter = null;
    return after.slice(second?.[0].length ?? 0).replace(/^\s+of(?=\s+(?:FY|CY|\d{4}))/i, '');
  }
  const ordinal = seen.has('number') ? null : number.exec(rest);
  if (ordinal !== null) {
    seen.add('number');
    // `KR1.2` is part of a numbering of its own, `KR1-3` are three.
    parts.number = ordinal[2] === undefined ? Number(ordinal[1]) : null;
    const after = rest.slice(ordinal[0].length);
    // "KR1 of 3"; "KR1 & KR2" are two.
    const more = /^\s*(?:of\s+\d{1,3}(?!\d)|(?:[&+/,]|and)\s*KR\s?\d{1,3}(?!\d))/i.exec(after)?.[0] ?? '';
    if (/KR/i.test(more)) parts.number = null;
    return after.slice(more.length);
  }
  const bare = seen.size > 0 && !seen.has('number') ? bareKr.exec(rest) : null;
  if (bare !== null) {
    seen.add('number');
    return rest.slice(bare[0].length);
  }
  return null;
}

/** A bracket at the head holds other parts (`[FY27 Q4]`) or the reference. */
function takeBracket(rest: string, parts: Parts, seen: Set<string>): string | null {
  const close = closing(rest);
  if (close === -1) return null;
  const inside = rest.slice(1, close).trim();
  const after = rest.slice(close + 1);
  const inner: Parts = { ...parts };
  const innerSeen = new Set(seen);
  let remaining = inside;
  while (remaining !== '') {
    const next = takePart(remaining.replace(gap, ''), inner, innerSeen);
    if (next === null || next === remaining) break;
    remaining = next.replace(joint, '').replace(gap, '');
  }
  if (remaining === '' && innerSeen.size > seen.size) {
    Object.assign(parts, inner);
    for (const one of innerSeen) seen.add(one);
    return after;
  }
  // `()` and `(?)` wait for a reference.
  if (/^[\s?.…–-]*$/.test(inside)) return seen.size > 0 ? after : null;
  // "[Security] FY27 Q4 KR1 (Key Care)": a bracket before everything else gives way to the one in its place.
  const early = seen.has('early-reference') && seen.has('number');
  if (seen.has('reference') && !early) return null;
  if (seen.size === 0) seen.add('early-reference');
  else seen.delete('early-reference');
  seen.add('reference');
  parts.reference = inside;
  return after;
}

/** The bracket that closes the one at the head; brackets may be nested. */
function closing(text: string): number {
  const open = text[0];
  const close = brackets.get(open ?? '');
  let depth = 0;
  for (let at = 0; at < Math.min(text.length, 300); at += 1) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
