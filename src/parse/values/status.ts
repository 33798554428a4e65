import type { StatusValue } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import { unifyEmoji } from '../emoji.ts';
import type { Words } from '../lexicon.ts';

/** What was made of a status. */
export interface ReadStatus {
  value: StatusValue | null;
  problem: 'placeholder' | 'several' | 'unknown' | null;
}

export interface Statuses {
  /** Reads a value without template text. */
  read(text: string): ReadStatus;
  /** Whether a text is nothing but a status. */
  isStatus(text: string): boolean;
}

const values: readonly StatusValue[] = ['on-track', 'at-risk', 'off-track'];
/** Between the parts of a status, and between choices that were left standing. */
const glue = /^[\s:,;/|*_`"'•·–—-]+|^(?:or|and|but)(?![\p{L}\p{N}])/u;
const arrow = /^\s*(?:[→➡⇒➔➜➝➞⟶⟹⇨»]|->|-->|=>|>|now|moved to)\s*/u;
/** Words that may follow a status of one word and still leave it a status: "blocked by legal". */
const following =
  /^\s+(?:by|on|due|because|since|until|for|with|and|but|in|at|of|as|from|while|although|though|waiting|again|now|this|after|to|pending|till|-|so)(?![\p{L}\p{N}])/u;

const emoji = /:[a-z0-9_+-]{2,60}:|\p{Extended_Pictographic}/gu;
/** "Blocker resolved, …": what held things up no longer does. */
const resolved =
  /^[^\p{L}]*(?:the |all )?(?:blockers?|issues?|risks?) (?:(?:is|are|was|were|has|have|been|now) ){0,3}(?:resolved|removed|cleared|gone|closed|solved|fixed)[\s,;:.–-]+(?=\p{L})/u;

/** @param neutral words before a status that do not change it: "we are still" */
export function compileStatuses(vocabulary: Words, cues: Cues, neutral: readonly string[]): Statuses {
  const known = new Map<string, StatusValue>();
  for (const value of values) {
    for (const word of vocabulary[value] ?? []) known.set(normal(word), value);
  }
  const words = [...known.keys()]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s_-]+'));
  const ahead = new RegExp(
    `^(?:(?:${neutral
      .toSorted((a, b) => b.length - a.length)
      .map((word) => normal(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|')})(?!\\p{L})[\\s,:.;-]*)+`,
    'u',
  );
  const unit = new RegExp(`^(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'u');
  const heads = (text: string): string | null => (words.length === 0 ? null : (unit.exec(text)?.[0] ?? null));
  const valueOf = (word: string): StatusValue => known.get(normal(word)) as StatusValue;

  /** The statuses a text begins with, up to the first word that is not one. */
  const leading = (text: string): { found: StatusValue[]; rest: string } => {
    const found: StatusValue[] = [];
    let rest = text;
    for (let turn = 0; turn < 20; turn += 1) {
      const moved = found.length > 0 ? arrow.exec(rest)?.[0] : undefined;
      if (moved !== undefined && heads(rest.slice(moved.length).replace(glue, '')) !== null) {
        rest = rest.slice(moved.length);
        found.length = 0;
      }
      const skipped = skipGlue(rest);
      const word = heads(skipped);
      if (word === null) break;
      const after = skipped.slice(word.length);
      if (found.length > 0 && /\p{L}/u.test(word) && isRemark(after)) break;
      if (/^\p{L}+$/u.test(word) && /^\s+\p{L}/u.test(after) && !following.test(after)) break;
      found.push(valueOf(word));
      rest = after;
    }
    return { found, rest };
  };

  const bare = (text: string): string => text.replace(/^[^\p{L}\p{N}\p{S}]+/u, '').replace(ahead, '');

  /** Without emoji that stand for no status. */
  const decorated = (text: string): string =>
    text.replace(emoji, (sign) => (known.has(sign) ? sign : ' ')).trim();

  return {
    read(text) {
      const main = withoutRemarks(decorated(normal(text)).replace(resolved, ''));
      const { found } = leading(changed(main, cues));
      const bracket = /\(([^()]*)\)/.exec(text)?.[1] ?? '';
      const tries = [
        () => found,
        () => leading(bare(main)).found,
        () => leading(bare(normal(bracket))).found,
      ];
      const all = tries.reduce<StatusValue[]>((known, next) => (known.length > 0 ? known : next()), []);
      const distinct = new Set(all);
      if (distinct.size === 0) return { value: null, problem: 'unknown' };
      if (distinct.size === 1) return { value: all[0] as StatusValue, problem: null };
      return { value: null, problem: distinct.size === values.length ? 'placeholder' : 'several' };
    },
    isStatus(text) {
      const { found, rest } = leading(withoutRemarks(decorated(normal(text))));
      return found.length > 0 && !/[\p{L}\p{N}]/u.test(rest);
    },
  };
}

/** "was blocked, now on track", "moved from red to green": what is said of now. */
function changed(text: string, cues: Cues): string {
  const start = cues.behind(text, ['was', 'from']);
  if (start === null) return text;
  const rest = text.slice(start.end, start.end + 120);
  const now = cues.first(rest, ['now']);
  return now === null ? text : rest.slice(now.end).replace(/^[\s:,-]+/, '');
}

function skipGlue(text: string): string {
  let rest = text;
  for (let turn = 0; turn < 6; turn += 1) {
    const next = rest.replace(glue, '');
    if (next === rest) break;
    rest = next;
  }
  return rest;
}

/** A second status that goes on in words is a remark: "on track, blocked last week by legal". */
const isRemark = (after: string): boolean => /^\s+\p{L}/u.test(after) && !/^\s+(?:or|and)\s/u.test(after);

const normal = (text: string): string =>
  unifyEmoji(text.slice(0, 1000))
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[\s ]+/g, ' ')
    .replace(/\b(on|off|at)-?(track|schedule|risk)\b/g, '$1 $2')
    .replace(/\bat (?:some|slight|high|serious|significant) risk\b/g, 'at risk')
    .trim();

/** Brackets hold remarks, unless nothing else is said. */
function withoutRemarks(text: string): string {
  const open = text.replace(/\([^()]{0,500}\)?/g, ' ').trim();
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(open) ? open : text.replace(/[()]/g, ' ').trim();
}
