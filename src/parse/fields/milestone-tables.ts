import type { Table } from '../../markdown/block.ts';
import { type Span, textOf, within } from '../../markdown/rich-text.ts';
import type { ItemState } from '../../model/document.ts';
import { isLive, type Reading } from '../reading.ts';
import { findDates } from '../values/dates.ts';
import { findMentions } from '../values/people.ts';
import { stateOfBox } from '../values/states.ts';
import { dateReading } from './date-field.ts';
import { isBareValue, type RawMilestone, type Wanted } from './milestone-shapes.ts';

/** The fields of a table that describes one milestone: a row under the names of fields, or name and value row by row. */
export function fieldCells(reading: Reading, table: Table): { id: string; value: Span }[] | null {
  const idOf = (cell: Span | undefined): string | null =>
    cell === undefined ? null : reading.kind.columns.idOf(textOf(cell));
  const [header, row, ...more] = table.rows;
  if (header === undefined || row === undefined) return null;
  const ids = header.cells.map(idOf);
  const across = ids.flatMap((id, index) =>
    id === null || row.cells[index] === undefined ? [] : [{ id, value: row.cells[index] }],
  );
  const isOne = (cells: readonly { id: string }[]): boolean =>
    cells.some(({ id }) => id === 'due-date' || id === 'dri');
  if (more.length === 0 && isOne(across) && !ids.includes('description')) return across;
  if (header.cells.length !== 2) return null;
  const down = table.rows.flatMap(({ cells: [name, value] }) => {
    const id = idOf(name);
    return id === null || value === undefined ? [] : [{ id, value }];
  });
  return down.length >= 2 && isOne(down) ? down : null;
}

interface Columns {
  ids: (string | null)[];
  description: number[];
}

export function collectTable(reading: Reading, table: Table, into: RawMilestone[], wanted: Wanted): void {
  const [header, ...rows] = table.rows;
  if (header === undefined) return;
  const columns = columnsOf(
    reading,
    header.cells,
    rows.map((row) => row.cells),
  );
  for (const row of rows) {
    if (!row.cells.some(isLive) || isAndSoOn(row.cells)) continue;
    const named = row.cells[0];
    const dated = columns?.ids.some((id) => id === 'due-date' || id === 'dri') === true;
    if (!dated && (named === undefined || !wanted(named))) continue;
    const own = (columns?.description ?? [0])
      .map((index) => row.cells[index])
      .filter((cell) => cell !== undefined);
    const cells = row.cells.flatMap((value, index) => {
      const id = columns?.ids[index];
      return id === undefined || id === null || id === 'description' ? [] : [{ id, value }];
    });
    const state = cells.find((cell) => cell.id === 'state');
    const box = boxIn(row.cells);
    into.push({
      own: own.map(withoutBox).filter(isLive),
      cells: cells.filter((cell) => cell.id !== 'state'),
      beneath: [],
      form: 'row',
      columns: fieldColumns(columns, header.cells),
      state: state === undefined ? box : reading.kind.states.of(textOf(state.value)),
      start: row.start,
      end: row.end,
    });
  }
}

function fieldColumns(columns: Columns | null, header: readonly Span[]): RawMilestone['columns'] & {} {
  return (columns?.ids ?? []).flatMap((own, index) => {
    const id = own ?? (columns?.description.includes(index) === true ? 'description' : null);
    return id === null ? [] : [{ id, name: textOf(header[index] as Span), index }];
  });
}

const boxPattern = /^\[([ xX~-]?)\]\s*/;

/** The state of a box in a cell; null: there is none. */
function boxIn(cells: readonly Span[]): ItemState | null {
  for (const cell of cells) {
    const box = boxPattern.exec(textOf(cell))?.[1];
    if (box !== undefined) return stateOfBox(box.toLowerCase());
  }
  return null;
}

function withoutBox(cell: Span): Span {
  const box = boxPattern.exec(textOf(cell))?.[0].length ?? 0;
  return within(cell, cell.start + box, cell.end);
}

/** `| etc. | | |` */
const isAndSoOn = (cells: readonly Span[]): boolean =>
  cells.filter(isLive).every((cell) => /^[\s(.…]*(?:etc|…|\.{3}|and so on)[\s).…]*$/i.test(textOf(cell)));

/** What the columns of a table hold: by their names; failing that, by what stands in them. */
function columnsOf(
  reading: Reading,
  header: readonly Span[],
  rows: readonly (readonly Span[])[],
): Columns | null {
  const ids = header.map((cell) => reading.kind.columns.idOf(textOf(cell)));
  const holds = (index: number, test: (cell: Span) => boolean): boolean =>
    rows.slice(0, 50).some((row) => row[index] !== undefined && test(row[index]));
  for (const [index, id] of ids.entries()) {
    if (id !== null || reading.kind.placeholders.isPlaceholder(textOf(header[index] as Span))) continue;
    const bare = (cell: Span): boolean => isBareValue(reading, cell);
    if (
      !ids.includes('dri') &&
      holds(index, (cell) => bare(cell) && findMentions(cell, reading.groups).length > 0)
    )
      ids[index] = 'dri';
    else if (
      !ids.includes('due-date') &&
      holds(index, (cell) => bare(cell) && findDates(cell, dateReading(reading)).length > 0)
    )
      ids[index] = 'due-date';
  }
  let description = ids.flatMap((id, index) => (id === 'description' ? [index] : []));
  if (description.length === 0) {
    const free = ids.findIndex(
      (id, index) => id === null && holds(index, (cell) => /\p{L}{3,}/u.test(textOf(cell))),
    );
    description = [Math.max(0, free)];
  }
  return { ids, description };
}
