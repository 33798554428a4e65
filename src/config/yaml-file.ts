import {
  Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import { clean, type Mistake, quote } from './mistake.ts';

/** A file of the rules directory, read and turned into plain values, with a way back to places. */
export interface YamlFile {
  /** As a person would name it. */
  name: string;
  /** Absolute path. */
  path: string;
  source: string;
  /** Plain JSON values; null when the file is empty. */
  value: unknown;
  document: Document.Parsed;
  lines: LineCounter;
}

export type ValuePath = readonly PropertyKey[];

/** More is no rule file: a person could not read it. */
const maxBytes = 256 * 1024;
const maxDepth = 40;
/** Values in the file once its aliases are followed. */
const maxValues = 20_000;
const maxAliases = 50;
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

export const fileLimits = { maxBytes, maxDepth, maxValues, maxAliases };

/** Turns bytes into a YAML file, or says everything that keeps it from being one. Never throws. */
export function readYaml(
  name: string,
  path: string,
  bytes: Uint8Array,
): { file: YamlFile | null; mistakes: Mistake[] } {
  const source = decode(bytes);
  if (source === null) return refused(name, 'not-utf8', 'This file is not UTF-8 text.', 'Save it as UTF-8.');
  const lines = new LineCounter();
  const deep = tooDeep(source);
  if (deep !== null) {
    lines.addNewLine(0);
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
    return { file: null, mistakes: [depthMistake(name, lines, deep)] };
  }
  const documents = parseAllDocuments(source, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    // Looked for below: the library compares every key with every other.
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: false,
  });
  const all: Document.Parsed[] = Array.isArray(documents) ? [...documents] : [];
  const document = all[0] ?? (new Document(null) as Document.Parsed);
  const mistakes = [
    ...all
      .flatMap((each) => [...each.errors, ...each.warnings])
      .map((error) => yamlMistake(name, lines, error)),
    ...shapeMistakes(name, lines, all),
  ];
  if (mistakes.length > 0) return { file: null, mistakes };
  const walk: Walk = { name, lines, document, mistakes: [], values: 0, aliases: 0, following: new Set() };
  const value = toPlain(document.contents, walk, 0);
  if (walk.mistakes.length > 0) return { file: null, mistakes: walk.mistakes };
  return { file: { name, path, source, value, document, lines }, mistakes: [] };
}

/** The mistake for a file that cannot be looked into at all. */
export function refused(
  name: string,
  code: string,
  message: string,
  advice: string | null,
): { file: null; mistakes: Mistake[] } {
  return {
    file: null,
    mistakes: [{ code, level: 'error', message, advice, file: name, line: 1, column: 1, length: 1 }],
  };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Offset of the bracket that opens one level too many. The composer is not linear in flow nesting, the lexer is. */
function tooDeep(source: string): number | null {
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(source)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > maxDepth) return offset;
    // The lexer's own signs (document start, scalar follows, flow error) take no room in the text.
    if (token !== '\u0002' && token !== '\u0018' && token !== '\u001f') offset += token.length;
  }
  return null;
}

function depthMistake(file: string, lines: LineCounter, offset: number): Mistake {
  return at(
    file,
    lines,
    offset,
    1,
    'too-deep',
    `Lists and maps are nested more than ${maxDepth} deep here.`,
    null,
  );
}

function shapeMistakes(file: string, lines: LineCounter, all: readonly Document.Parsed[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const second = all[1];
  if (second) {
    const advice = 'Keep one document per file: remove the line `---` and what follows it.';
    mistakes.push(
      at(file, lines, second.range[0], 1, 'several-documents', 'A second YAML document begins here.', advice),
    );
  }
  const directive = all[0]?.directives;
  if (directive?.yaml.explicit && directive.yaml.version !== '1.2') {
    const message = `The file asks for YAML ${directive.yaml.version}, in which \`off\` and \`no\` mean false.`;
    mistakes.push(
      at(file, lines, 0, 5, 'yaml-version', message, 'Remove the line: rule files are YAML 1.2.'),
    );
  }
  return mistakes;
}

function yamlMistake(file: string, lines: LineCounter, error: YAMLError): Mistake {
  const [start, end] = error.pos;
  const firstLine = clean(error.message.split('\n')[0] ?? error.message);
  if (error.code === 'TAG_RESOLVE_FAILED') {
    return at(file, lines, start, end - start, 'tag', `${firstLine}.`, 'Rule files need no tags: remove it.');
  }
  return at(file, lines, start, end - start, 'yaml-syntax', `This is not valid YAML: ${firstLine}.`, null);
}

interface Walk {
  name: string;
  lines: LineCounter;
  document: Document.Parsed;
  mistakes: Mistake[];
  values: number;
  aliases: number;
  /** Anchors on the way down, to see those that hold themselves. */
  following: Set<Node>;
}

/** Own conversion instead of `toJS`: counts what aliases unfold to and keeps dangerous keys out. */
function toPlain(node: Node | null, walk: Walk, depth: number): unknown {
  if (node === null) return null;
  if (walk.mistakes.some((mistake) => mistake.code === 'too-many-values' || mistake.code === 'aliases'))
    return null;
  walk.values += 1;
  if (walk.values > maxValues) {
    complain(
      walk,
      node,
      'too-many-values',
      `With its aliases followed this file holds more than ${maxValues} values.`,
      null,
    );
    return null;
  }
  if (depth > maxDepth) {
    complain(walk, node, 'too-deep', `Lists and maps are nested more than ${maxDepth} deep here.`, null);
    return null;
  }
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
  if (walk.aliases > maxAliases) {
    complain(
      walk,
      node,
      'aliases',
      `This file uses more than ${maxAliases} aliases.`,
      'Write the values out.',
    );
    return null;
  }
  const target = node.resolve(walk.document);
  if (!target) {
    complain(
      walk,
      node,
      'unknown-alias',
      `No anchor is called ${quote(node.source)}.`,
      `Write \`&${clean(node.source)}\` before the value that is meant.`,
    );
    return null;
  }
  if (walk.following.has(target)) {
    complain(
      walk,
      node,
      'aliases',
      `The alias ${quote(node.source)} stands inside what it stands for.`,
      null,
    );
    return null;
  }
  walk.following.add(target);
  const value = toPlain(target, walk, depth + 1);
  walk.following.delete(target);
  return value;
}

function scalarValue(value: unknown, node: Node, walk: Walk): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
  complain(walk, node, 'tag', 'Only texts, numbers, true, false and null can stand here.', null);
  return null;
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
      complain(
        walk,
        pair.key,
        'unsafe-key',
        `The key ${quote(key)} is not allowed anywhere in a rule file.`,
        null,
      );
    } else if (key === '<<') {
      complain(
        walk,
        pair.key,
        'merge-key',
        'Merge keys (`<<`) are not read in rule files.',
        'Write the keys out, or use `extends`.',
      );
    } else if (typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean') {
      if (Object.hasOwn(result, key as string)) {
        const advice = 'Only one could count: remove or merge the other.';
        complain(
          walk,
          pair.key,
          'duplicate-key',
          `The key ${quote(String(key))} stands here a second time.`,
          advice,
        );
      }
      result[String(key)] = toPlain(pair.value, walk, depth + 1);
    } else {
      complain(walk, pair.key ?? pair.value, 'bad-key', 'A key must be a plain word.', null);
    }
  }
  return result;
}

function complain(walk: Walk, node: Node | null, code: string, message: string, advice: string | null): void {
  const [start, end] = node?.range ?? [0, 1];
  walk.mistakes.push(at(walk.name, walk.lines, start, end - start, code, message, advice));
}

function at(
  file: string,
  lines: LineCounter,
  offset: number,
  length: number,
  code: string,
  message: string,
  advice: string | null,
): Mistake {
  const { line, col } = lines.linePos(offset);
  return {
    code,
    level: 'error',
    message,
    advice,
    file,
    line: Math.max(1, line),
    column: Math.max(1, col),
    length: Math.max(1, length),
  };
}
