import type { ItemState } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import { unifyEmoji } from '../emoji.ts';
import type { Words } from '../lexicon.ts';
import { arrowsIn, withoutBrackets } from '../signs.ts';

const pictures = /\p{Extended_Pictographic}/gu;

/** What the words of a status column mean. */
export interface States {
  of(text: string): ItemState;
  /** Whether a text begins with words of a state. */
  isState(text: string): boolean;
  /** What the sign or label a text begins with says: `✅ Guide`, `Done: guide`; null: nothing. */
  ahead(text: string): ItemState | null;
  /** The word a text begins with, if it is set off by capitals or brackets: `DONE Guide`, `[To do] Guide`. */
  keyword(text: string): { state: ItemState; end: number } | null;
  /** What the words a text ends on say, and where they begin: `Guide – @ann – done`; null: nothing. */
  atEnd(text: string): { state: ItemState; said: string; at: number } | null;
}

export function compileStates(states: Words, cues: Cues): States {
  const known = new Map<string, ItemState>();
  for (const [state, words] of Object.entries(states)) {
    if (state !== 'open' && state !== 'done' && state !== 'inapplicable') continue;
    for (const word of words) known.set(normal(word), state);
  }
  const wholly = (text: string): ItemState | undefined =>
    known.get(text) ?? known.get(normal(text.replace(pictures, ' ')));
  const find = (written: string): ItemState | undefined => {
    const text = written.slice(arrowsIn(written).at(-1)?.end ?? 0);
    const whole = normal(text);
    const exact = wholly(whole);
    if (exact !== undefined) return exact;
    // "Done last quarter, reopened"
    const last = /[,;]([^,;]*)$/u.exec(text)?.[1];
    const again = last === undefined ? undefined : wholly(normal(last));
    if (again !== undefined) return again;
    // "Done (Nov 3)", "✅ shipped": the first words that mean something.
    const words = normal(whole.replace(pictures, (sign) => (known.has(sign) ? sign : ' ')))
      .split(' ')
      .slice(0, 6);
    for (let length = Math.min(4, words.length); length > 0; length -= 1) {
      const found = known.get(words.slice(0, length).join(' '));
      if (found === undefined) continue;
      // "done by December", "complete except for the docs": not yet.
      const rest = normal(withoutBrackets(text)).split(' ').slice(length).join(' ');
      return found === 'done' && cues.behind(rest, ['future']) !== null ? 'open' : found;
    }
    return undefined;
  };
  return {
    of: (text) => find(text) ?? 'open',
    isState: (text) => find(text) !== undefined,
    ahead(text) {
      const head = unifyEmoji(text.slice(0, 60));
      const label = /^[^:：]{2,30}(?=[:：]\s)/u.exec(head)?.[0] ?? '';
      return settled(known.get(leadingSign.exec(head)?.[1] ?? '') ?? wholly(normal(label)));
    },
    keyword(text) {
      const [whole = '', inside, capitals] = keyword.exec(text) ?? [];
      const state = known.get(normal(inside ?? capitals ?? ''));
      return state === undefined ? null : { state, end: whole.length };
    },
    atEnd(text) {
      const [, before = '', end = ''] = lastPiece.exec(text.slice(-100)) ?? [];
      const said = normal(end);
      const [, part, count] = /[@\d]/.test(before) ? (share.exec(said) ?? []) : [];
      const isOpen =
        part === '' ||
        (part !== undefined && known.get(part) === 'done') ||
        (count !== undefined && cues.is(count, ['unit']));
      const state = wholly(said) ?? (isOpen ? 'open' : undefined);
      if (state === undefined || before === '') return null;
      const gap = /[\s,;|·•–—→-]*$/.exec(before)?.[0] ?? '';
      return { state, said, at: text.length - end.length - gap.length };
    },
  };
}

/** How much of it is done: `60%`, `60% done`, `3/4 tasks`. */
const share = /^~?\d{1,2} ?%\s*(.*)$|^\d{1,3} ?(?:\/|of) ?\d{1,3} (.*)$/;
const leadingSign = /^\W{0,3}?(\p{Extended_Pictographic})/u;
const keyword = /^(?:[[(](\p{L}[\p{L} -]{2,20})[\])]|(\p{Lu}[\p{Lu} -]{2,20}))\s+(?=\S)/u;
/** What is behind the last separator, mention or year. */
const lastPiece = /^(.*(?:[,;|·•()[\]–—→]|\s-\s|@[\w.-]+(?=\s)|\d{4}(?=\s)))([^,;|·•()[\]–—→]*)$/su;

/** "Open" need not be said. */
const settled = (state: ItemState | undefined): ItemState | null =>
  state === undefined || state === 'open' ? null : state;

const normal = (text: string): string =>
  unifyEmoji(text.slice(0, 200))
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/^[\s[(*_]+(?=\S)|[\s\])*_.:,!;]+$/g, '')
    .replace(/[,.;:(]+(?=\s|$)|\s\(/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The state a box stands for. */
export function stateOfBox(box: string | null): ItemState {
  if (box === 'x' || box === '✓' || box === '✔' || box === '*') return 'done';
  return box === '~' ? 'inapplicable' : 'open';
}
