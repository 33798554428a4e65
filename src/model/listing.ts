import { enumerate } from '../text/words.ts';
import type { Phrases } from './phrases.ts';

/** Several values as one of a sentence, `a, b or c`: how they are joined is a matter of the language. */
export interface Listing {
  items: readonly string[];
  glue: 'and' | 'or';
  /** The column of a table that it is to be written in; left out: in none. */
  column?: { name: string; isThere: boolean };
}

/** The phrases that a listing is made of. */
type Glue = Pick<Phrases, 'and' | 'or' | 'in-column' | 'in-new-column'>;

/** @param inWords an item in the language */
export function listingText(
  { items, glue, column }: Listing,
  phrases: Glue,
  inWords: (item: string) => string = (item) => item,
): string {
  const listed = enumerate(items.map(inWords), phrases[glue]);
  if (column === undefined) return listed;
  return `${listed} ${phrases[column.isThere ? 'in-column' : 'in-new-column'].replace('{column}', () => column.name)}`;
}
