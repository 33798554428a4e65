import { type Span, textOf } from '../../markdown/rich-text.ts';
import type { WrittenField } from '../../model/document.ts';
import type { Reading } from '../reading.ts';
import type { RawMilestone } from '../recognisers/shapes.ts';

/** A value that is said to be of a field, by a label before it or by its column. */
export interface Labelled {
  id: string;
  value: Span;
  rank: number;
  /** Left out: a cell of a table. */
  label?: { name: Span; whole: Span };
}

const isField = (id: string): id is WrittenField['id'] =>
  id === 'description' || id === 'due-date' || id === 'dri';

/** The fields of a milestone that have a label or a column of their own, filled in or not. */
export function writtenFields(
  reading: Reading,
  raw: RawMilestone,
  fields: readonly Labelled[],
): WrittenField[] {
  return raw.form === 'row' ? rowFields(reading, raw) : labelledFields(reading, fields);
}

function labelledFields({ placer }: Reading, fields: readonly Labelled[]): WrittenField[] {
  return fields.flatMap(({ id, value, label }): WrittenField[] => {
    if (!isField(id)) return [];
    if (label === undefined) {
      return value.end > value.start ? [{ id, name: '', label: null, place: placer.outer(value) }] : [];
    }
    const whole = placer.outer(label.whole);
    const place = value.end > value.start ? placer.outer(value) : { start: whole.end, end: whole.end };
    return [{ id, name: textOf(label.name), label: whole, place }];
  });
}

/** An empty cell has no text whose place could be told: the cells are found by the pipes between them. */
function rowFields({ placer, source }: Reading, { columns = [], start, end }: RawMilestone): WrittenField[] {
  const cells = cellsOf(source.slice(start, end));
  return columns.flatMap(({ id, name, index }): WrittenField[] => {
    const cell = cells[index];
    if (!isField(id) || cell === undefined) return [];
    return [{ id, name, label: null, place: placer.at(start + cell.start, start + cell.end) }];
  });
}

/** Where the text of each cell of a row is; an empty cell's is in its middle. */
function cellsOf(row: string): { start: number; end: number }[] {
  const cells: { start: number; end: number }[] = [];
  let from = 0;
  for (let at = 0; at <= row.length; at += 1) {
    if (row[at] === '\\') at += 1;
    else if (at === row.length || row[at] === '|') {
      const text = row.slice(from, at);
      const outside = text.trim() === '' && (from === 0 || at === row.length);
      const lead = text.length - text.trimStart().length;
      const middle = Math.min(1, text.length);
      const inner = text.trim() === '' ? middle : lead;
      if (!outside) cells.push({ start: from + inner, end: from + inner + text.trim().length });
      from = at + 1;
    }
  }
  return cells;
}
