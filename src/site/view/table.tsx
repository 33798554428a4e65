import type { Child } from 'hono/jsx';

/**
 * A table that becomes a list on a narrow screen. The roles are said again since a table laid out in another way is no
 * table any more to some screen readers.
 * @param rows cells in the order of the heads
 * @param header the index of the cell that names the row
 */
export function Table({
  caption,
  heads,
  rows,
  header = 0,
}: {
  caption: Child;
  heads: readonly string[];
  rows: readonly (readonly Child[])[];
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
        {rows.map((cells) => (
          <tr role="row">
            {cells.map((cell, index) =>
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
      </tbody>
    </table>
  );
}
