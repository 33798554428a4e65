import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
} from 'yaml';
import { type ConfigError, clean, fileError, quote } from './config-error.ts';

/** How deep lists and maps may be nested. */
export const maxDepth = 40;
export const tooDeepWords = `Lists and maps are nested more than ${maxDepth} deep here.`;
/** Values in the file once its aliases are followed. */
const maxValues = 20_000;
const maxAliases = 50;
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The plain values of a document, or what keeps them from being read. */
export function toPlainValues(
  name: string,
  document: Document.Parsed,
  lines: LineCounter,
): { value: unknown; errors: ConfigError[] } {
  const walk: Walk = { name, lines, document, errors: [], values: 0, aliases: 0, following: new Set() };
  const value = toPlain(document.contents, walk, 0);
  return { value, errors: walk.errors };
}

interface Walk {
  name: string;
  lines: LineCounter;
  document: Document.Parsed;
  errors: ConfigError[];
  values: number;
  aliases: number;
  /** Anchors on the way down, to see those that hold themselves. */
  following: Set<Node>;
}

/** Own conversion instead of `toJS`: counts what aliases unfold to and keeps dangerous keys out. */
function toPlain(node: Node | null, walk: Walk, depth: number): unknown {
  if (node === null) return null;
  if (walk.errors.some(({ code }) => code === 'too-many-values' || code === 'aliases')) return null;
  walk.values += 1;
  if (walk.values > maxValues) {
    const message = `With its aliases followed this file holds more than ${maxValues} values.`;
    return refuse(walk, node, 'too-many-values', message);
  }
  if (depth > maxDepth) return refuse(walk, node, 'too-deep', tooDeepWords);
  if (isAlias(node)) return followAlias(node, walk, depth);
  if (isScalar(node)) return scalarValue(node.value, node, walk);
  if (isSeq(node))
    return node.items.map((item) => toPlain(isPair(item) ? null : (item as Node), walk, depth + 1));
  if (isMap(node)) return mapValue(node.items as Pair<Node, Node | null>[], walk, depth);
  return null;
}

function followAlias(
  node: Node & { source: string; resolve: (doc: Document) => Node | undefined },
  walk: Walk,
  depth: number,
): unknown {
  walk.aliases += 1;
  if (walk.aliases > maxAliases)
    return refuse(
      walk,
      node,
      'aliases',
      `This file uses more than ${maxAliases} aliases.`,
      'Write the values out.',
    );
  const target = node.resolve(walk.document);
  if (!target) {
    const advice = `Write \`&${clean(node.source)}\` before the value that is meant.`;
    return refuse(walk, node, 'unknown-alias', `No anchor is called ${quote(node.source)}.`, advice);
  }
  if (walk.following.has(target))
    return refuse(walk, node, 'aliases', `The alias ${quote(node.source)} is inside what it stands for.`);
  walk.following.add(target);
  const value = toPlain(target, walk, depth + 1);
  walk.following.delete(target);
  return value;
}

function scalarValue(value: unknown, node: Node, walk: Walk): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  return refuse(walk, node, 'tag', 'Only texts, numbers, true, false and null can be here.');
}

function mapValue(
  items: readonly Pair<Node, Node | null>[],
  walk: Walk,
  depth: number,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of items) {
    const key: unknown = isScalar(pair.key) ? pair.key.value : undefined;
    if (typeof key === 'string' && unsafeKeys.has(key)) {
      const message = `The key ${quote(key)} is not allowed anywhere in a rule file.`;
      refuse(walk, pair.key, 'unsafe-key', message);
    } else if (key === '<<') {
      const advice = 'Write the keys out, or use `extends`.';
      refuse(walk, pair.key, 'merge-key', 'Merge keys (`<<`) are not read in rule files.', advice);
    } else if (typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean') {
      if (Object.hasOwn(result, key as string)) {
        const advice = 'Only one could count: remove or merge the other.';
        const message = `The key ${quote(String(key))} is here a second time.`;
        refuse(walk, pair.key, 'duplicate-key', message, advice);
      }
      result[String(key)] = toPlain(pair.value, walk, depth + 1);
    } else {
      refuse(walk, pair.key ?? pair.value, 'bad-key', 'A key must be a plain word.');
    }
  }
  return result;
}

/** Notes an error. @returns what is read where nothing can be: null */
function refuse(
  walk: Walk,
  node: Node | null,
  code: string,
  message: string,
  advice: string | null = null,
): null {
  const [start, end] = node?.range ?? [0, 1];
  walk.errors.push(at(walk.name, walk.lines, start, end - start, code, message, advice));
  return null;
}

/** An error at an offset of a file. */
export function at(
  file: string,
  lines: LineCounter,
  offset: number,
  length: number,
  code: string,
  message: string,
  advice: string | null,
): ConfigError {
  const { line, col } = lines.linePos(offset);
  const place = { line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, length) };
  return { ...fileError(file, { code, message, advice }), ...place };
}
