import { Document, Lexer, LineCounter, parseAllDocuments, type YAMLError } from 'yaml';
import { yamlAdvice } from '../text/yaml-advice.ts';
import { type ConfigError, clean, fileError } from './config-error.ts';
import { at, maxDepth, tooDeepWords, toPlainValues } from './yaml-values.ts';

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
  /** A file of ours that is known to be in order: it need not be checked against its schema once more. */
  sound?: boolean;
}

export type ValuePath = readonly PropertyKey[];

/** A larger file is not a rule file: no person could read it. */
export const maxBytes = 256 * 1024;

/** Errors after which the other values are still what they were meant to be. */
const keyConfigErrors = new Set(['duplicate-key', 'unsafe-key', 'bad-key']);

/** How every rule file is read. */
export function yamlOptions(lines: LineCounter) {
  return {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    // Looked for below: the library compares every key with every other.
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: false,
  } as const;
}

/** Turns bytes into a YAML file, or says everything that keeps it from being one. Never throws. */
export function readYaml(
  name: string,
  path: string,
  bytes: Uint8Array,
): { file: YamlFile | null; errors: ConfigError[] } {
  const source = decode(bytes);
  if (source === null) return refused(name, 'not-utf8', 'This file is not UTF-8 text.', 'Save it as UTF-8.');
  const lines = new LineCounter();
  const deep = tooDeep(source);
  if (deep !== null) {
    lines.addNewLine(0);
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
    return { file: null, errors: [at(name, lines, deep, 1, 'too-deep', tooDeepWords, null)] };
  }
  const documents = parseAllDocuments(source, yamlOptions(lines));
  const all: Document.Parsed[] = Array.isArray(documents) ? [...documents] : [];
  const document = all[0] ?? (new Document(null) as Document.Parsed);
  const errors = [
    ...all
      .flatMap((each) => [...each.errors, ...each.warnings])
      .map((error) => yamlConfigError(name, lines, error)),
    ...shapeConfigErrors(name, lines, all),
  ];
  const { value, errors: found } = toPlainValues(name, document, lines);
  if (errors.length > 0) {
    // What is around a broken line may be read otherwise than it is meant; a key that is there twice is there twice.
    return { file: null, errors: [...errors, ...found.filter(({ code }) => code === 'duplicate-key')] };
  }
  // What is wrong with a key leaves the rest readable, and its errors are worth saying in the same round.
  const readable = found.every(({ code }) => keyConfigErrors.has(code));
  return { file: readable ? { name, path, source, value, document, lines } : null, errors: found };
}

/** The error for a file that cannot be looked into at all. */
export function refused(
  name: string,
  code: string,
  message: string,
  advice: string | null,
): { file: null; errors: ConfigError[] } {
  return { file: null, errors: [fileError(name, { code, message, advice })] };
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

function shapeConfigErrors(file: string, lines: LineCounter, all: readonly Document.Parsed[]): ConfigError[] {
  const errors: ConfigError[] = [];
  const second = all[1];
  if (second) {
    const advice = 'Keep one document per file: remove the line `---` and what follows it.';
    errors.push(
      at(file, lines, second.range[0], 1, 'several-documents', 'A second YAML document begins here.', advice),
    );
  }
  const directive = all[0]?.directives;
  if (directive?.yaml.explicit && directive.yaml.version !== '1.2') {
    const message = `The file asks for YAML ${directive.yaml.version}, in which \`off\` and \`no\` mean false.`;
    errors.push(at(file, lines, 0, 5, 'yaml-version', message, 'Remove the line: rule files are YAML 1.2.'));
  }
  return errors;
}

function yamlConfigError(file: string, lines: LineCounter, error: YAMLError): ConfigError {
  const [start, end] = error.pos;
  const firstLine = clean(error.message.split('\n')[0] ?? error.message);
  if (error.code === 'TAG_RESOLVE_FAILED') {
    return at(file, lines, start, end - start, 'tag', `${firstLine}.`, 'Rule files need no tags: remove it.');
  }
  const message = `This is not valid YAML: ${firstLine}.`;
  return at(file, lines, start, end - start, 'yaml-syntax', message, yamlAdvice[error.code] ?? null);
}
