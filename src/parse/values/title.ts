import type { KrTitle } from '../../model/document.ts';
import type { TitleWords } from './title-words.ts';

const gap = /^[\s\-–—:|,.;/•·：｜，、]+/u;
/** Joins parts (`FY27_Q4_KR5`); before a word of the statement it is mark-up. */
const joint = /^_+/;

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

/**
 * Reads `FY22 Q3 KR1 (Reference) statement` in the ways people write it. What is not at the head is statement.
 * @param words what the parts are called
 */
export function readTitle(raw: string, words: TitleWords): KrTitle {
  const parts: Parts = { fiscalYear: null, quarter: null, number: null, reference: null };
  const seen = new Set<string>();
  let rest = raw.slice(0, 1000).trim().replace(words.prefix, '').replace(words.beforeYear, '');
  for (let turn = 0; turn < 12; turn += 1) {
    rest = rest.replace(gap, '');
    const next = takePart(rest, words, parts, seen);
    if (next === null) break;
    rest = next.replace(joint, '');
  }
  const statement = (raw.length > 1000 ? rest + raw.slice(1000) : rest).replace(/^[\s)\]）】]+/, '').trim();
  return { raw, ...parts, statement: statement === '' ? null : statement };
}

/** Takes one part off the head; null when the statement begins. */
function takePart(rest: string, words: TitleWords, parts: Parts, seen: Set<string>): string | null {
  const open = rest[0];
  if (open !== undefined && brackets.has(open)) return takeBracket(rest, words, parts, seen);
  const when = seen.size === 0 ? 'first' : 'later';
  const fiscal = seen.has('year') ? null : words.year.exec(rest);
  if (fiscal !== null) {
    seen.add('year');
    const value = Number(fiscal[1] ?? fiscal[2]);
    parts.fiscalYear = value < 100 ? 2000 + value : value;
    return rest.slice(fiscal[0].length);
  }
  const other = words.otherTime.exec(rest) ?? (seen.has('number') ? null : words.objective.exec(rest));
  if (other !== null) {
    seen.add('other');
    return rest.slice(other[0].length);
  }
  const ofYear = seen.has('quarter') ? null : words.quarter[when].exec(rest);
  if (ofYear !== null) {
    seen.add('quarter');
    const value = Number(ofYear[1] ?? ofYear[2] ?? ofYear[3]);
    const after = rest.slice(ofYear[0].length);
    const second = words.behindQuarter.second.exec(after);
    parts.quarter = second === null && value >= 1 && value <= 4 ? (value as 1 | 2 | 3 | 4) : null;
    return after.slice(second?.[0].length ?? 0).replace(words.behindQuarter.of, '');
  }
  const ordinal = seen.has('number') ? null : words.number[when].exec(rest);
  if (ordinal !== null) {
    seen.add('number');
    const after = rest.slice(ordinal[0].length);
    const second = words.behindNumber.second.exec(after);
    // `KR1.2` is part of a numbering of its own, `KR1-3` are three.
    parts.number = ordinal[2] === undefined && second === null ? Number(ordinal[1]) : null;
    return after.slice((second ?? words.behindNumber.count.exec(after))?.[0].length ?? 0);
  }
  const bare = seen.size > 0 && !seen.has('number') ? words.bare.exec(rest) : null;
  if (bare === null) return null;
  seen.add('number');
  return rest.slice(bare[0].length);
}

/** A bracket at the head holds other parts (`[FY27 Q4]`) or the reference. */
function takeBracket(rest: string, words: TitleWords, parts: Parts, seen: Set<string>): string | null {
  const close = closing(rest);
  if (close === -1) return null;
  const inside = rest.slice(1, close).trim();
  const after = rest.slice(close + 1);
  const inner: Parts = { ...parts };
  const innerSeen = new Set(seen);
  let remaining = inside;
  while (remaining !== '') {
    const next = takePart(remaining.replace(gap, ''), words, inner, innerSeen);
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
