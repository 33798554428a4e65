import type { ItemState } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import { unifyEmoji } from '../emoji.ts';
import type { Words } from '../lexicon.ts';

const pictures = /\p{Extended_Pictographic}/gu;

/** What the words of a status column mean. */
export interface States {
  of(text: string): ItemState;
  /** Whether a text begins with words of a state. */
  isState(text: string): boolean;
}

export function compileStates(states: Words, cues: Cues): States {
  const known = new Map<string, ItemState>();
  for (const [state, words] of Object.entries(states)) {
    if (state !== 'open' && state !== 'done' && state !== 'inapplicable') continue;
    for (const word of words) known.set(normal(word), state);
  }
  const find = (written: string): ItemState | undefined => {
    const text = written.slice(written.search(/[^→➡⇒]*$/u)).replace(/^.*(?:->|=>)/u, '');
    const whole = normal(text);
    const exact = known.get(whole) ?? known.get(normal(whole.replace(pictures, ' ')));
    if (exact !== undefined) return exact;
    // "Done (Nov 3)", "✅ shipped": the first words that mean something.
    const words = normal(whole.replace(pictures, (sign) => (known.has(sign) ? sign : ' ')))
      .split(' ')
      .slice(0, 6);
    for (let length = Math.min(4, words.length); length > 0; length -= 1) {
      const found = known.get(words.slice(0, length).join(' '));
      if (found === undefined) continue;
      // "done by December", "complete except for the docs": not yet.
      const rest = normal(text.replace(/\([^()]*\)?/g, ' '))
        .split(' ')
        .slice(length)
        .join(' ');
      return found === 'done' && cues.behind(rest, ['future']) !== null ? 'open' : found;
    }
    return undefined;
  };
  return { of: (text) => find(text) ?? 'open', isState: (text) => find(text) !== undefined };
}

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
