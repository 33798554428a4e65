import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { ConfigError } from './config-error.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';

/** Line and column count from 1. */
export interface FilePlace {
  line: number;
  column: number;
  length: number;
  offset: number;
}

/** Where the value at `path` is; the nearest thing above it when it is not there. */
export function placeOf(file: YamlFile, path: ValuePath, what: 'key' | 'value' = 'value'): FilePlace {
  let node: Node | null = file.document.contents;
  let range: readonly number[] = node?.range ?? [0, 0];
  for (const [index, part] of path.entries()) {
    const here: Node | null = isAlias(node) ? (node.resolve(file.document) ?? null) : node;
    const last = index === path.length - 1;
    if (isMap(here)) {
      const pair = pairsOf(here).get(String(part));
      if (!pair) break;
      const key = pair.key as Node;
      node = pair.value as Node | null;
      const empty = node?.range === undefined || node.range?.[0] === node.range?.[1];
      range = (last && what === 'key') || empty ? (key.range ?? range) : (node?.range ?? range);
    } else if (isSeq(here)) {
      const item = here.items[Number(part)] as Node | undefined;
      if (!item) break;
      node = item;
      range = item.range ?? range;
    } else break;
  }
  return rangePlace(file, range[0] ?? 0, range[1] ?? 0);
}

/** Place of a span of the file, by offsets. */
export function rangePlace(file: YamlFile, start: number, end: number): FilePlace {
  const { line, col } = file.lines.linePos(start);
  const firstLine = file.source.slice(start, end).split('\n')[0] ?? '';
  return {
    line: Math.max(1, line),
    column: Math.max(1, col),
    length: Math.max(1, firstLine.trimEnd().length),
    offset: start,
  };
}

const pairsByMap = new WeakMap<YAMLMap, ReadonlyMap<string | null, Pair>>();

/** The pairs of a map by key; a file with very many errors asks very often. */
function pairsOf(map: YAMLMap): ReadonlyMap<string | null, Pair> {
  const known = pairsByMap.get(map) ?? new Map(map.items.map((item) => [keyOf(item), item]));
  pairsByMap.set(map, known);
  return known;
}

function keyOf(pair: Pair): string | null {
  return isScalar(pair.key) ? String(pair.key.value) : null;
}

interface Problem {
  code: string;
  message: string;
  advice?: string | null;
  level?: 'error' | 'warning';
}

/** An error at the key or value of `path`. */
export function errorAt(
  file: YamlFile,
  path: ValuePath,
  problem: Problem,
  what: 'key' | 'value' = 'value',
): ConfigError {
  return errorOn(file, placeOf(file, path, what), problem);
}

/** An error at a place already known. */
export function errorOn(file: YamlFile, place: FilePlace, problem: Problem): ConfigError {
  const { line, column, length } = place;
  const { code, message, advice = null, level = 'error' } = problem;
  return { code, level, message, advice, file: file.name, line, column, length };
}
