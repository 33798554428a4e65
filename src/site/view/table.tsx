import type { Child } from 'hono/jsx';
import { moreWords, mostRows } from './bounded.tsx';

/**
 * A table that becomes a list on a narrow screen. The roles are said again since a table laid out in another way is no
 * table any more to some screen readers.
 * @param row the cells of one, in the order of the heads; beyond `mostRows` the rest is counted
 * @param header the index of the cell that names the row
 */
export function Table<T>({
  caption,
  heads,
  of,
  row,
  header = 0,
}: {
  caption: Child;
  heads: readonly string[];
  of: readonly T[];
  row: (one: T) => readonly Child[];
  header?: number;
}) {
  return (
    <table class="plain stack" role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {heads.map((head) => (
            <th scope="col" role="columnheader">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {of.slice(0, mostRows).map((one) => (
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
        {of.length > mostRows ? (
          <tr role="row">
            <td role="cell" colspan={heads.length} class="quiet">
              {moreWords(of.length, mostRows)}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
