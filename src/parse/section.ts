import type { Block } from '../markdown/block.ts';
import type { Span } from '../markdown/rich-text.ts';
import type { Names } from './names.ts';

/** A stretch of the text under one name. */
export interface Section {
  /** What its name means; null: something of the writer's own. */
  id: string | null;
  /** 0 before the first heading, 1 to 6 by mark-up, 7 a bold line, 8 a line `Name:`, 9 a bullet or table row. */
  level: number;
  name: Span | null;
  /** What is on the line of the name itself, behind it. */
  value: Span | null;
  blocks: Block[];
  /** Offsets in the source: from the name on, to where the next section begins. */
  start: number;
  end: number;
}

export interface OutlineOptions {
  names: Names;
  /** Whether a name is that of one item of the list in a section, not of a section: `Milestone 1`. */
  isItemName?(text: string): boolean;
  /** The section that items belong to which are under no heading of it. */
  itemSection?: string;
  /** The section whose name is the title of the whole text: what is below it is not its own. */
  titleSection?: string;
  /** Whether a line begins with one of these fields of an item. */
  isItemField?(line: Span, ids: readonly string[]): boolean;
  /** What the name of a column says of the values in it: `This week` next to `Last week`; null: nothing. */
  columnRole?(name: string): 'now' | 'other' | null;
  /** Whether a name is that of a remark on what it is in: `Note`. */
  isNote?(name: string): boolean;
}

/** The outline while it is made. */
export interface Outliner extends OutlineOptions {
  sections: Section[];
  current: Section;
}

export const levels = { bold: 7, line: 8, row: 9 };
/** An id for sections that are known to be not ours: they end what is before them. */
export const otherSection = 'other';
