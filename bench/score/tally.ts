import { fieldOf, type Leaf } from './compare.ts';

/** What was read of one text. */
export interface TextResult {
  file: string;
  kind: string;
  level: string;
  leaves: Leaf[];
}

/** Counts over the values of one field. */
export interface FieldScore {
  kind: string;
  field: string;
  total: number;
  right: number;
  accuracy: number;
  /** Of the values the reader found, how many are right; null when it found none. */
  precision: number | null;
  /** Of the values that are there, how many the reader found rightly; null when there are none. */
  recall: number | null;
}

export interface Score {
  texts: number;
  /** Texts in which every compared value is right. */
  textsRight: number;
  accuracy: number;
  /** Accuracy of the texts that follow the template; 1 when there are none. */
  template: number;
  byLevel: Record<string, number>;
  byKind: Record<string, number>;
  fields: FieldScore[];
}

export function tally(results: readonly TextResult[]): Score {
  const perField = new Map<string, { kind: string; field: string; leaves: Leaf[] }>();
  for (const { kind, leaves } of results) {
    for (const leaf of leaves) {
      const field = fieldOf(leaf);
      const group = perField.get(`${kind} ${field}`) ?? { kind, field, leaves: [] };
      group.leaves.push(leaf);
      perField.set(`${kind} ${field}`, group);
    }
  }
  const of = (texts: readonly TextResult[]) => accuracy(texts.flatMap((text) => text.leaves));
  return {
    texts: results.length,
    textsRight: results.filter((text) => text.leaves.every((leaf) => leaf.ok)).length,
    accuracy: of(results),
    template: of(results.filter((text) => text.level === 'template')),
    byLevel: Object.fromEntries(
      grouped(results, (text) => text.level).map(([name, texts]) => [name, of(texts)]),
    ),
    byKind: Object.fromEntries(
      grouped(results, (text) => text.kind).map(([name, texts]) => [name, of(texts)]),
    ),
    fields: [...perField.values()].map(scoreField),
  };
}

function scoreField({ kind, field, leaves }: { kind: string; field: string; leaves: Leaf[] }): FieldScore {
  const found = leaves.filter((leaf) => leaf.found);
  const wanted = leaves.filter((leaf) => leaf.wanted);
  return {
    kind,
    field,
    total: leaves.length,
    right: leaves.filter((leaf) => leaf.ok).length,
    accuracy: accuracy(leaves),
    precision: found.length === 0 ? null : accuracy(found),
    recall: wanted.length === 0 ? null : accuracy(wanted),
  };
}

function accuracy(leaves: readonly Leaf[]): number {
  return leaves.length === 0 ? 1 : leaves.filter((leaf) => leaf.ok).length / leaves.length;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.entries()];
}
