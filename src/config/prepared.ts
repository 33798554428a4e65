import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { readYaml, type YamlFile, yamlOptions } from './yaml-file.ts';

/** A rule file of ours as the build has read it, by its path below the package's `rules` folder. */
export interface PreparedFile {
  /** Of the bytes that were read: a file that was changed since is read again. */
  sha256: string;
  value: unknown;
  /** Whether the build has checked it against its schema, and found nothing. */
  sound: boolean;
}

export type Prepared = Readonly<Record<string, PreparedFile>>;

/** In `dist/`, next to the program; from source it does not exist, and files are read like any others. */
const file = fileURLToPath(new URL('rules.json', import.meta.url));

let known: Prepared | null = null;

function load(): Prepared {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Prepared;
  } catch {
    return {};
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What the build has read in a file of ours; null where it has not, or where the file is another one by now. The values
 * are there at once; the positions in the text are looked up when someone asks for one.
 * @param below path below the package's `rules` folder, with `/`
 */
export function preparedYaml(
  name: string,
  path: string,
  bytes: Uint8Array,
  below: string,
  prepared: Prepared = (known ??=
    load()),
): YamlFile | null {
  const entry = Object.hasOwn(prepared, below) ? prepared[below] : undefined;
  if (entry === undefined || entry.sha256 !== sha256(bytes)) return null;
  const source = new TextDecoder().decode(bytes);
  const positions = once(() => {
    const lines = new LineCounter();
    return { lines, document: parseDocument(source, yamlOptions(lines)) };
  });
  return {
    name,
    path,
    source,
    value: entry.value,
    sound: entry.sound,
    get document() {
      return positions().document;
    },
    get lines() {
      return positions().lines;
    },
  };
}

/**
 * Reads a file of ours for the program that is being built.
 * @throws Error when it cannot be read without an error
 */
export function prepare(name: string, bytes: Uint8Array, sound: boolean): PreparedFile {
  const { file: read, errors } = readYaml(name, name, bytes);
  if (read === null || errors.length > 0) throw new Error(`${name}: ${errors[0]?.message ?? 'not read'}`);
  return { sha256: sha256(bytes), value: read.value, sound };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
