import { isAlias, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { type FilePlace, placeOf, rangePlace } from './places.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';

/**
 * Where characters `start` to `end` of a text value are in the file, in any YAML style.
 * @param start offset in the value, in UTF-16 code units
 */
export function placeInText(
  file: YamlFile,
  path: ValuePath,
  start: number,
  end: number = start + 1,
): FilePlace {
  const scalar = scalarAt(file, path);
  if (!scalar?.range || typeof scalar.value !== 'string') return placeOf(file, path);
  const offsets = alignment(file.source, scalar, scalar.value);
  const from = offsets[Math.min(start, offsets.length - 1)] ?? scalar.range[0];
  const to = offsets[Math.min(Math.max(end, start + 1), offsets.length) - 1] ?? from;
  return rangePlace(file, from, Math.max(from, to) + 1);
}

function scalarAt(file: YamlFile, path: ValuePath): Scalar | null {
  let node: unknown = file.document.contents;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(file.document);
    node = isMap(node) || isSeq(node) ? node.get(part, true) : undefined;
  }
  if (isAlias(node)) node = node.resolve(file.document);
  return isScalar(node) ? node : null;
}

/** For each character of the value, and one beyond, its offset in the source. */
function alignment(source: string, scalar: Scalar, value: string): number[] {
  const [start, end] = scalar.range ?? [0, 0];
  let at = start;
  if (scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED')
    at = skipBlanks(source, source.indexOf('\n', start) + 1, end);
  else if (scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE') at += 1;
  const offsets: number[] = [];
  for (const character of value) {
    const blank = character === ' ' || character === '\n' || character === '\t';
    if (!blank) at = skipBlanks(source, at, end);
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(Math.min(at, end));
    at = blank ? afterBlank(source, at, end, character) : at + widthOf(source, at, scalar, character);
  }
  offsets.push(Math.min(at, end));
  return offsets;
}

/** How much source one character of the value takes: escapes take more than one. */
function widthOf(source: string, at: number, scalar: Scalar, character: string): number {
  if (scalar.type === 'QUOTE_SINGLE' && character === "'") return 2;
  if (scalar.type === 'QUOTE_DOUBLE' && source[at] === '\\') {
    return { x: 4, u: 6, U: 10 }[source[at + 1] ?? ''] ?? 2;
  }
  return character.length;
}

/** A blank of the value is a blank of the source, or a line end with the indentation after it. */
function afterBlank(source: string, at: number, end: number, character: string): number {
  if (source[at] === '\\') return at + 2;
  if (source[at] === character && character !== '\n') return at + 1;
  const next = source.indexOf('\n', at);
  return next < 0 || next >= end ? at + 1 : next + 1;
}

function skipBlanks(source: string, from: number, end: number): number {
  let at = from;
  while (
    at < end &&
    (source[at] === ' ' || source[at] === '\n' || source[at] === '\r' || source[at] === '\t')
  )
    at += 1;
  return at;
}
