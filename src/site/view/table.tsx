import type { Child } from 'hono/jsx';
import { moreWords, mostRows } from './bounded.tsx';

/**
 * A table that becomes a list on a narrow screen. The roles are said again since a table laid out in another way is no
 * longer a table to some screen readers.
 * @param row the cells of one, in the order of the heads; beyond `most` the rest is counted
 * @param header the index of the cell that names the row
 */
export function Table<T>({
  caption,
  heads,
  of,
  row,
  header = 0,
  most = mostRows,
}: {
  caption: Child;
  heads: readonly string[];
  of: readonly T[];
  row: (one: T) => readonly Child[];
  header?: number;
  most?: number;
}) {
  return (
    <table class="plain stack" role="table">
      <caption>{caption}</caption>
      <Heads of={heads} />
      <tbody role="rowgroup">
        {of.slice(0, most).map((one) => (
          <tr role="row">
            {row(one).map((cell, index) =>
              index === header ? (
                <th scope="row" role="rowheader">
                  {cell}
                </th>
              ) : (
                <td role="cell">{cell}</td>
              ),
            )}
          </tr>
        ))}
        <MoreRow all={of.length} shown={most} columns={heads.length} />
      </tbody>
    </table>
  );
}

/** The head of a table, a cell for each name. */
export function Heads({ of }: { of: readonly string[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {of.map((head) => (
          <th scope="col" role="columnheader">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The last row of a table that does not show all: how many are left out. */
export function MoreRow({ all, shown, columns }: { all: number; shown: number; columns: number }) {
  if (all <= shown) return null;
  return (
    <tr role="row">
      <td role="cell" colspan={columns} class="quiet">
        {moreWords(all, shown)}
      </td>
    </tr>
  );
}
