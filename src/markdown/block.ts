import type { Span } from './rich-text.ts';

/** What a reader sees, from top to bottom: quotes, code, comments and archived blocks are left out. */
export type Block = Heading | TextBlock | List | Table | Rule;

export interface Placed {
  /** Offsets in the source. */
  start: number;
  end: number;
}

export interface Heading extends Placed {
  type: 'heading';
  /** 1 to 6; a `<summary>` is 6. */
  level: number;
  /** Underlined: easily a paragraph with a rule below it. */
  setext: boolean;
  text: Span;
}

export interface TextBlock extends Placed {
  type: 'text';
  /** Without empty lines, quick actions and the like. */
  lines: Span[];
}

export interface List extends Placed {
  type: 'list';
  ordered: boolean;
  items: Item[];
}

export interface Item extends Placed {
  /** What is in the box: ' ', 'x', '~' …; null: no box. */
  box: string | null;
  blocks: Block[];
}

export interface Table extends Placed {
  type: 'table';
  /** The first row is the header. */
  rows: { cells: Span[]; start: number; end: number }[];
}

export interface Rule extends Placed {
  type: 'rule';
}
