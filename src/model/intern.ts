import { copied } from '../text/copied.ts';

/**
 * Keeps one copy of what is the same for many: names of people, references. What a run remembers of each KR until the
 * end is then a few numbers and pointers.
 */
export interface Interner {
  text(text: string): string;
  texts(texts: readonly string[]): string[];
}

/** Far more than people and OKRs of an organisation; beyond it nothing is shared any more. */
const most = 50_000;

export function createInterner(): Interner {
  const texts = new Map<string, string>();
  const lists = new Map<string, string[]>();
  const text = (one: string): string => shared(texts, copied(one), (own) => own);
  return {
    text,
    texts: (all) => shared(lists, JSON.stringify(all), () => all.map(text)),
  };
}

function shared<T>(known: Map<string, T>, key: string, make: (key: string) => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  if (known.size < most) known.set(key, made);
  return made;
}
