import type { Child } from 'hono/jsx';

/** Rows of a table and items of a list beyond which the rest is counted: a page stays one that opens. */
export const mostRows = 300;
export const mostItems = 100;

/** What is said of those that are not shown; `data.json` holds them all. */
export function moreWords(all: number, shown: number): string {
  return `and ${all - shown} more, in data.json`;
}

/** Items of a list, each in an element of its own; the last says how many are not shown. */
export function Items<T>({ of, item }: { of: readonly T[]; item: (one: T) => Child }) {
  return (
    <>
      {of.slice(0, mostItems).map(item)}
      {of.length > mostItems ? <li class="quiet">{moreWords(of.length, mostItems)}</li> : null}
    </>
  );
}
