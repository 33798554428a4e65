import type { ItemState } from '../../model/document.ts';
import { unifyEmoji } from '../emoji.ts';

/** What the words of a status column mean. */
export interface States {
  of(text: string): ItemState;
  /** Whether a text begins with words of a state. */
  isState(text: string): boolean;
}

export function compileStates(states: Readonly<Record<string, readonly string[]>>): States {
  const known = new Map<string, ItemState>();
  for (const [state, words] of Object.entries(states)) {
    if (state !== 'open' && state !== 'done' && state !== 'inapplicable') continue;
    for (const word of words) known.set(normal(word), state);
  }
  const find = (text: string): ItemState | undefined => {
    const whole = normal(text);
    const exact = known.get(whole);
    if (exact !== undefined) return exact;
    // "Done (Nov 3)", "✅ shipped": the first words that mean something.
    const words = whole.split(' ').slice(0, 6);
    for (let length = Math.min(4, words.length); length > 0; length -= 1) {
      const found = known.get(words.slice(0, length).join(' '));
      if (found !== undefined) return found;
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
