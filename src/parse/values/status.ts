import type { StatusValue } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import { unifyEmoji } from '../emoji.ts';
import type { Words } from '../lexicon.ts';
import { escaped } from '../pattern.ts';
import { behindFirstArrow, clausesOf, hasLetter, hasWord } from '../signs.ts';

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
const glue = /^[\s:,;/|*_`"'•·–—-]+/u;
const emoji = /:[a-z0-9_+-]{2,60}:|\p{Extended_Pictographic}/gu;

/** @param cues "we are still" before a status, "by legal" behind it */
export function compileStatuses(vocabulary: Words, cues: Cues): Statuses {
  const known = new Map<string, StatusValue>();
  for (const value of values) {
    for (const word of vocabulary[value] ?? []) known.set(unspaced(normal(word)), value);
  }
  const words = values
    .flatMap((value) => vocabulary[value] ?? [])
    .map(normal)
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .map((word) => escaped(word).replaceAll(' ', '[\\s_-]*'));
  const unit = new RegExp(`^(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'u');
  const heads = (text: string): string | null => (words.length === 0 ? null : (unit.exec(text)?.[0] ?? null));

  /** Without signs and words that join statuses: ", or ". */
  const behindGlue = (text: string): string => {
    const rest = text.replace(glue, '');
    const joint = heads(rest) === null ? cues.behind(rest, ['or', 'and', 'but']) : null;
    return joint === null ? rest : rest.slice(joint.end).replace(glue, '');
  };

  /** What is behind "→" or "now", if that is a status. */
  const moved = (text: string): string | null => {
    const cue = cues.behind(text, ['but', 'now']);
    const end = behindFirstArrow(text.slice(0, 40)) || (cue?.id === 'now' ? cue.end : 0);
    const rest = behindGlue(text.slice(end));
    return end === 0 || heads(rest) === null ? null : rest;
  };

  /** The statuses a text begins with, up to the first word that is not one. */
  const leading: Leading = (text) => {
    const found: StatusValue[] = [];
    let rest = text;
    for (let turn = 0; turn < 20; turn += 1) {
      const now = found.length > 0 ? moved(rest) : null;
      if (now !== null) found.length = 0;
      const skipped = now ?? behindGlue(rest);
      const word = heads(skipped);
      if (word === null) break;
      const after = skipped.slice(word.length);
      const goesOn = /^\s+\p{L}/u.test(after);
      // A second status that goes on in words is a remark: "on track, blocked last week by legal".
      if (found.length > 0 && goesOn && hasLetter(word) && cues.behind(after, ['or', 'and']) === null) break;
      if (goesOn && /^\p{L}+$/u.test(word) && cues.behind(after, ['because']) === null) break;
      found.push(known.get(unspaced(word)) as StatusValue);
      rest = after;
    }
    return { found, rest };
  };

  /** Without the words before a status that do not change it: "we are still". */
  const bare = (text: string): string => {
    let rest = text.replace(/^[^\p{L}\p{N}\p{S}]+/u, '');
    for (let cue = cues.behind(rest, ['neutral']); cue !== null; cue = cues.behind(rest, ['neutral']))
      rest = rest.slice(cue.end).replace(/^[\s,:.;-]+/, '');
    return rest;
  };

  /** Without emoji that stand for no status. */
  const decorated = (text: string): string =>
    text.replace(emoji, (sign) => (known.has(sign) ? sign : ' ')).trim();

  return {
    read(text) {
      const said = withoutRemarks(withoutResolved(decorated(normal(text)), cues));
      const main = present(changed(said, cues), (clause) => leading(bare(clause)), cues);
      if (differ(main, leading, cues)) return { value: null, problem: 'several' };
      const bracket = /\(([^()]*)\)/.exec(text)?.[1] ?? '';
      const tries = [() => main, () => bare(main), () => bare(normal(bracket))];
      const all = tries.reduce<StatusValue[]>(
        (found, next) => (found.length > 0 ? found : leading(next()).found),
        [],
      );
      const distinct = new Set(all);
      if (distinct.size === 0) return { value: null, problem: 'unknown' };
      if (distinct.size === 1) return { value: all[0] as StatusValue, problem: null };
      return { value: null, problem: distinct.size === values.length ? 'placeholder' : 'several' };
    },
    isStatus(text) {
      const { found, rest } = leading(bare(withoutRemarks(decorated(normal(text)))));
      return found.length > 0 && !hasWord(behindGlue(rest));
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

type Leading = (text: string) => { found: StatusValue[]; rest: string };

/** "at risk last week, on track this week", "not at risk, on track": without the clauses that say what is not, or was. */
function present(text: string, leading: Leading, cues: Cues): string {
  const clauses = clausesOf(text);
  const open = clauses.filter(
    (clause) => cues.within(clause, ['now', 'was'])?.id !== 'was' && cues.behind(clause, ['not']) === null,
  );
  const isSaid = open.some((clause) => leading(clause).found.length > 0);
  return open.length === clauses.length || !isSaid ? text : open.join(', ');
}

/** "on track for milestone 1, blocked for milestone 2": each status is of a part. */
function differ(text: string, leading: Leading, cues: Cues): boolean {
  const [first, ...more] = clausesOf(text).flatMap((clause) => {
    const { found, rest } = leading(clause);
    const word = cues.behind(rest, ['because']);
    return found.length === 1 && word !== null
      ? [{ value: found[0], word: rest.slice(word.at, word.end) }]
      : [];
  });
  return more.some(({ value, word }) => value !== first?.value && word === first?.word);
}

/** "Blocker resolved, …": what held things up no longer does. */
function withoutResolved(text: string, cues: Cues): string {
  const clause = text.slice(0, text.search(/[,;:.–-]\s+\p{L}/u) + 1);
  const [first] = cues.each(clause, ['hindrance']);
  const last = cues.within(clause, ['resolved']);
  const isAll = first !== undefined && last !== null && first.at < 8 && last.end >= clause.length - 2;
  return isAll && clause.length < 60 ? text.slice(clause.length).trim() : text;
}

const normal = (text: string): string =>
  unifyEmoji(text.slice(0, 1000))
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[\s ]+/g, ' ')
    .trim();

/** `on-track` and `ontrack` are `on track`. */
const unspaced = (text: string): string => text.replace(/[\s_-]/g, '');

/** Brackets hold remarks, unless nothing else is said. */
function withoutRemarks(text: string): string {
  const open = text.replace(/\([^()]{0,500}\)?/g, ' ').trim();
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(open) ? open : text.replace(/[()]/g, ' ').trim();
}
