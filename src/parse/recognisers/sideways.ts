import type { Table } from '../../markdown/block.ts';
import { textOf } from '../../markdown/rich-text.ts';
import { isLive, liveText, type Reading } from '../reading.ts';
import { leaf, type Node } from './node.ts';
import { fieldNamed, type RawMilestone } from './shapes.ts';

/** A table on its side: fields row by row, a milestone in each column behind their names. */
export function columnNodes(reading: Reading, table: Table): Node[] {
  const ids = table.rows.map((row) => fieldNamed(reading, row.cells[0]));
  const rows = table.rows.flatMap((row, index) => {
    const id = ids[index] ?? null;
    // The first row may be named after the items, as `Milestone | 1 | 2`, or have no name: it holds their titles.
    return id === null && index > 0 ? [] : [{ id: index === 0 && id === null ? 'title' : id, row }];
  });
  const asks = rows.filter(({ id }) => id === 'due-date' || id === 'dri').length;
  if (rows.length < 2 || asks === 0 || ids.filter((id) => id !== null).length < 2) return [];
  const [header] = table.rows;
  const nodes: Node[] = [];
  for (let column = 1; column < (header?.cells.length ?? 0); column += 1) {
    const item = columnItem(reading, table, rows, column);
    if (item !== null) nodes.push(leaf('columns', [item]));
  }
  return nodes;
}

function columnItem(
  reading: Reading,
  table: Table,
  rows: readonly { id: string | null; row: Table['rows'][number] }[],
  column: number,
): RawMilestone | null {
  const cells = rows.flatMap(({ id, row }) => {
    const value = row.cells[column];
    return id === null || value === undefined || !isLive(value) ? [] : [{ id, value, row }];
  });
  if (cells.length === 0) return null;
  const described = cells.filter(({ id }) => id === 'description' || id === 'title');
  // `| Milestone 1 | Badge readers |` as the first row: its name is the name of the item.
  const name = table.rows[0]?.cells[0];
  const label = name !== undefined && reading.kind.items.begins(textOf(name)) ? [name] : [];
  const words = described.filter(({ value }) => described.length === 1 || !/^\d{1,2}$/.test(textOf(value)));
  const state = cells.find(({ id }) => id === 'state');
  return {
    own: [...label, ...words.map(({ value }) => value)],
    cells: cells
      .filter(({ id }) => id === 'due-date' || id === 'dri')
      .map(({ id, value }) => ({ id, value })),
    beneath: [],
    form: 'row',
    columns: [],
    state: state === undefined ? null : reading.kind.states.of(liveText(state.value)),
    start: table.start,
    end: table.end,
  };
}
