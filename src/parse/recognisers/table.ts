import type { Table } from '../../markdown/block.ts';
import { isAll, marks, type Span, textOf, within } from '../../markdown/rich-text.ts';
import { dateReading } from '../fields/date-field.ts';
import { isLive, liveText, type Reading } from '../reading.ts';
import { findDates } from '../values/dates.ts';
import { findMentions } from '../values/people.ts';
import { leaf, type Node } from './node.ts';
import { fieldNamed, isAndSoOn, isBareValue, type RawMilestone, withoutBox } from './shapes.ts';

type Row = Table['rows'][number];

/** The fields of a table that describes one milestone: a row under the names of fields, or name and value row by row. */
export function fieldCells(reading: Reading, table: Table): { id: string; value: Span }[] | null {
  const idOf = (cell: Span | undefined): string | null => fieldNamed(reading, cell);
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

/** Whether a table asks for dates and people: it is one of milestones, wherever it is. */
export function asksForMilestones(reading: Reading, table: Table): boolean {
  const ids = table.rows[0]?.cells.map((cell) => reading.kind.columns.idOf(textOf(cell))) ?? [];
  return ids.includes('due-date') && ids.includes('dri');
}

/** A table with a milestone in each row. */
export function rowNodes(reading: Reading, table: Table): Node[] {
  const rows = table.rows.filter((row) => row.cells.some(isLive));
  const [first] = rows;
  if (first === undefined) return [];
  // Cells pasted without their header: the first row is an item as well.
  const bears = (found: (cell: Span) => readonly unknown[]): boolean =>
    first.cells.some((cell) => isBareValue(reading, cell) && found(cell).length > 0);
  const isItem =
    bears((cell) => findDates(cell, dateReading(reading))) &&
    bears((cell) => findMentions(cell, reading.groups));
  const header = isItem
    ? { ...first, cells: first.cells.map((cell) => within(cell, cell.end, cell.end)) }
    : first;
  const body = isItem ? rows : rows.slice(1);
  const columns = columnsOf(
    reading,
    header.cells,
    body.map((row) => row.cells),
  );
  return body.flatMap((row): Node[] => {
    const kind = kindOfRow(reading, row, columns, header);
    if (kind === 'none') return [];
    const item = rowItem(reading, row, columns, header);
    return [kind === 'group' ? { ...leaf('rows', []), head: item } : leaf('rows', [item])];
  });
}

/**
 * `| **Phase 1** | | |` is the head of the rows below it; `| Total | | 74 |`, which says something about them, `etc.` and
 * a header that is said again are nothing.
 */
function kindOfRow(reading: Reading, row: Row, { ids }: Columns, header: Row): 'item' | 'group' | 'none' {
  const live = row.cells.filter(isLive);
  const [first] = live;
  if (first === undefined || live.every((cell) => isAndSoOn(reading, textOf(cell)))) return 'none';
  if (reading.kind.cues.is(textOf(first).replace(/[\d(:%)]/g, ''), ['total'])) return 'none';
  const repeats = (cell: Span, index: number): boolean =>
    textOf(cell).toLowerCase() === textOf(header.cells[index] ?? cell).toLowerCase();
  if (header.cells.length > 1 && header.cells.every(isLive) && row.cells.every(repeats)) return 'none';
  const fields = row.cells.filter((_, index) => ids[index] === 'due-date' || ids[index] === 'dri');
  const isBold = isAll(first, marks.strong) && live.every((cell) => isAll(cell, marks.strong));
  return isBold && fields.length > 0 && !fields.some(isLive) ? 'group' : 'item';
}

function rowItem(reading: Reading, row: Row, { ids, description }: Columns, header: Row): RawMilestone {
  const own = description.map((index) => row.cells[index]).filter((cell) => cell !== undefined);
  const cells = row.cells.flatMap((value, index) => {
    const id = ids[index];
    return id === undefined || id === null || id === 'description' ? [] : [{ id, value }];
  });
  const { states } = reading.kind;
  // A word that is no state leaves open what it is: ~"workflow::verify".
  const state = cells.find(
    ({ id, value }) => id === 'state' && (!isLive(value) || states.isState(textOf(value))),
  );
  const box = row.cells.map((cell) => withoutBox(cell).state).find((one) => one !== null);
  return {
    own: own.map((cell) => withoutBox(cell).rest).filter(isLive),
    cells: cells.filter((cell) => cell.id !== 'state'),
    beneath: [],
    form: 'row',
    columns: ids.flatMap((known, index) => {
      const id = known ?? (description.includes(index) ? 'description' : null);
      return id === null ? [] : [{ id, name: textOf(header.cells[index] as Span), index }];
    }),
    // A row that begins with the name of a field is one of a table on its side.
    doubt: isFieldName(reading, row.cells[0]) ? 2 : 0,
    state: state === undefined ? (box ?? null) : states.of(liveText(state.value)),
    start: row.start,
    end: row.end,
  };
}

function isFieldName(reading: Reading, cell: Span | undefined): boolean {
  const id = fieldNamed(reading, cell);
  return id === 'due-date' || id === 'dri';
}

interface Columns {
  ids: (string | null)[];
  description: number[];
}

/** What the columns of a table hold: by their names; failing that, by what is in them. */
function columnsOf(reading: Reading, header: readonly Span[], rows: readonly (readonly Span[])[]): Columns {
  const ids = header.map((cell) => fieldNamed(reading, cell));
  const holds = (index: number, test: (cell: Span) => boolean): boolean =>
    rows.slice(0, 50).some((row) => row[index] !== undefined && test(row[index]));
  const hasDate = (cell: Span): boolean => findDates(cell, dateReading(reading)).length > 0;
  const hasPeople = (cell: Span): boolean => findMentions(cell, reading.groups).length > 0;
  const bare = (cell: Span): boolean => isBareValue(reading, cell);
  const roles = (field: string): (HeadRole | null)[] =>
    header.map((cell) => headRole(reading, textOf(cell), field));
  const dates = roles('due-date');
  const people = roles('dri');
  oneColumnEach(ids, 'due-date', dates, (index) => holds(index, hasDate));
  oneColumnEach(ids, 'dri', people, (index) => holds(index, hasPeople));
  for (const [index, id] of ids.entries()) {
    if (id !== null || reading.kind.placeholders.isPlaceholder(textOf(header[index] as Span))) continue;
    if (
      !ids.includes('dri') &&
      people[index] !== 'other' &&
      holds(index, (cell) => bare(cell) && hasPeople(cell))
    )
      ids[index] = 'dri';
    else if (
      !ids.includes('due-date') &&
      dates[index] !== 'other' &&
      holds(index, (cell) => bare(cell) && hasDate(cell))
    )
      ids[index] = 'due-date';
  }
  if (!ids.includes('state')) {
    const said = ids.findIndex((id, index) => id === null && saysStates(reading, index, rows));
    if (said !== -1) ids[said] = 'state';
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

/** A column without a name of its own that says how far each item is: `✅`, `in progress`, `Amber`. */
function saysStates({ kind }: Reading, index: number, rows: readonly (readonly Span[])[]): boolean {
  const said = rows.slice(0, 50).flatMap((row) => {
    const cell = row[index];
    return cell === undefined || !isLive(cell) ? [] : [textOf(cell)];
  });
  const states = said.filter((text) => text.length < 40 && kind.states.isState(text));
  const others = said.filter((text) => !states.includes(text) && kind.statuses.isStatus(text));
  return states.length > 0 && states.length + others.length >= said.length * 0.6;
}

type HeadRole = 'now' | 'other';

/** `Original due date`, `Last checked`, `Reporter`: what the name of a column says of the value that counts. */
function headRole({ kind: { cues } }: Reading, name: string, field: string): HeadRole | null {
  const against = field === 'dri' ? ['was', 'other-people', 'second'] : ['was', 'event', 'start', 'actual'];
  const cue = cues.within(name, ['now', ...against]);
  return cue === null ? null : cue.id === 'now' ? 'now' : 'other';
}

/**
 * Of several columns with a name for the same field those count whose name says so (`Revised due date` next to `Original
 * due date`), and of `Target` and `Due` those that hold a value of it.
 */
function oneColumnEach(
  ids: (string | null)[],
  field: string,
  roles: readonly (HeadRole | null)[],
  bears: (index: number) => boolean,
): void {
  const keep = (isRight: (index: number) => boolean): void => {
    const columns = ids.flatMap((id, index) => (id === field ? [index] : []));
    if (columns.length < 2 || !columns.some(isRight)) return;
    for (const index of columns) if (!isRight(index)) ids[index] = null;
  };
  keep((index) => roles[index] === 'now');
  keep((index) => roles[index] !== 'other');
  keep(bears);
}
