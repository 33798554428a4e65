import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../files/paths.ts';
import { type ReadResult, readRegular } from '../files/read.ts';
import { builtInRulesDir, presetDirs, presetNames } from './built-in.ts';
import { type ConfigError, listed, quote } from './config-error.ts';
import { errorAt } from './places.ts';
import { preparedYaml } from './prepared.ts';
import { nearest } from './suggest.ts';
import { maxBytes, readYaml, refused, type YamlFile } from './yaml-file.ts';

/** A folder with rule files that nothing may reach out of. */
export interface RulesFolder {
  /** Absolute, links resolved. */
  root: string;
  /** How its files are named to people: `rules/kr.yml`, `handbook:kr.yml`. */
  nameOf(file: string): string;
  preset: string | null;
}

/** Everything read so far, each file once. */
export interface Reading {
  files: Map<string, YamlFile | null>;
  sources: Map<string, string>;
  errors: ConfigError[];
}

export function newReading(): Reading {
  return { files: new Map(), sources: new Map(), errors: [] };
}

/** A file that was read, and the folder it must stay in. */
export interface Layer {
  folder: RulesFolder;
  file: YamlFile;
}

const maxLayers = 50;

export async function presetFolder(preset: string): Promise<RulesFolder> {
  const root = await realpath(presetDirs[preset] ?? '');
  return { root, preset, nameOf: (file) => `${preset}:${path.relative(root, file).replaceAll('\\', '/')}` };
}

export async function teamFolder(dir: string): Promise<RulesFolder> {
  const root = await realpath(dir);
  const fromHere = path.relative(process.cwd(), path.resolve(dir));
  const shown = fromHere === '' ? '.' : fromHere.startsWith('..') ? dir : fromHere;
  return {
    root,
    preset: null,
    nameOf: (file) => path.join(shown, path.relative(root, file)).replaceAll('\\', '/'),
  };
}

/** What happened when a file was looked for; `absent` is not an error by itself. */
type Found = { file: YamlFile | null } | 'absent';

/** Reads one YAML file of a folder, if it is there; errors go into `reading`. */
export async function readLayer(reading: Reading, folder: RulesFolder, file: string): Promise<Found> {
  const known = reading.files.get(file);
  if (known !== undefined) return { file: known };
  const name = folder.nameOf(file);
  const bytes = await readBytes(folder, file);
  if (bytes === 'absent') return 'absent';
  const result =
    'problem' in bytes
      ? refused(name, bytes.problem, bytes.message, bytes.advice)
      : (isInside(builtInRulesDir, file) ? readOurs : readYaml)(name, file, bytes.bytes);
  if ('bytes' in bytes) reading.sources.set(name, new TextDecoder().decode(bytes.bytes));
  reading.errors.push(...result.errors);
  reading.files.set(file, result.file);
  return { file: result.file };
}

/** Files of ours are the same for every policy that a process loads: `diff` loads several. */
const ourFiles = new Map<string, { bytes: Uint8Array; result: ReturnType<typeof readYaml> }>();

function readOurs(name: string, file: string, bytes: Uint8Array): ReturnType<typeof readYaml> {
  const known = ourFiles.get(name);
  if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known.result;
  const below = path.relative(builtInRulesDir, file).replaceAll('\\', '/');
  const prepared = preparedYaml(name, file, bytes, below);
  const result = prepared === null ? readYaml(name, file, bytes) : { file: prepared, errors: [] };
  ourFiles.set(name, { bytes, result });
  return result;
}

type Bytes = { bytes: Uint8Array } | { problem: string; message: string; advice: string | null } | 'absent';

/** A regular file of bearable size inside the folder, links followed and checked. */
export async function readBytes(folder: RulesFolder, file: string): Promise<Bytes> {
  try {
    const real = await realpath(file);
    if (!isInside(folder.root, real)) {
      return {
        problem: 'path-escape',
        message: 'This file is a link that leads out of the rules folder.',
        advice: 'Copy what is needed into the folder.',
      };
    }
    const read = await readRegular(real, maxBytes, 'resolved');
    if ('bytes' in read) return read;
    return read.problem === 'absent' ? 'absent' : problemOf(read);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
    return {
      problem: 'unreadable',
      message: `This file cannot be read (${code ?? 'unknown reason'}).`,
      advice: null,
    };
  }
}

function problemOf({ problem, words, size }: Exclude<ReadResult, { bytes: Buffer }>): Bytes {
  if (problem === 'too-large') {
    const message = `This file is ${Math.round((size ?? 0) / 1024)} KiB large; ${maxBytes / 1024} KiB are the most that is read.`;
    return { problem, message, advice: 'Split it, and put the parts together with `extends`.' };
  }
  if (problem === 'git')
    return { problem: 'path-escape', message: "This file belongs to Git's own folder.", advice: null };
  if (problem === 'unreadable') return { problem, message: `This file is not read: ${words}.`, advice: null };
  return { problem: 'not-a-file', message: 'This is not a regular file.', advice: null };
}

/** What `extends` says, as a list; the path to each item goes with it. */
function extendsOf(file: YamlFile): { item: string; path: PropertyKey[] }[] | null {
  const value = file.value as { extends?: unknown } | null;
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value.extends === undefined)
    return null;
  const { extends: items } = value;
  if (typeof items === 'string') return [{ item: items, path: ['extends'] }];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, index) =>
    typeof item === 'string' ? [{ item, path: ['extends', index] }] : [],
  );
}

/** Whether a file says itself what it builds on. */
export function namesItsBase(file: YamlFile): boolean {
  return extendsOf(file) !== null;
}

/** How the layers of one file are put together. */
export interface Building {
  reading: Reading;
  /** How a preset's name is turned into layers: differs between policy and kind files. */
  preset: (name: string) => Promise<Layer[]>;
  /** Layers of files seen before, so that many paths to one file cost no more than one. */
  known: Map<string, Layer[]>;
}

/**
 * The layers of a file, lowest first, the file itself last, each once: of several the last one counts.
 * @param base presets the file builds on when it names none itself
 * @param above the files that lead here, for circles
 */
export async function layersOf(
  building: Building,
  layer: Layer,
  base: readonly string[] = [],
  above: readonly string[] = [],
): Promise<Layer[]> {
  const before = building.known.get(layer.file.path);
  if (before) return before;
  const layers: Layer[] = [];
  for (const name of namesItsBase(layer.file) ? [] : base) layers.push(...(await building.preset(name)));
  for (const { item, path: place } of extendsOf(layer.file) ?? []) {
    if (presetNames.includes(item)) layers.push(...(await building.preset(item)));
    else layers.push(...(await layersOfItem(building, layer, item, place, [...above, layer.file.path])));
  }
  const result = lastOfEach([...layers, layer]);
  building.known.set(layer.file.path, result);
  return result;
}

/** The layers that one relative path under `extends` stands for; none when it is an error. */
async function layersOfItem(
  building: Building,
  layer: Layer,
  item: string,
  place: readonly PropertyKey[],
  above: readonly string[],
): Promise<Layer[]> {
  const { reading } = building;
  const refuse = (code: string, message: string, advice: string | null): Layer[] => {
    reading.errors.push(errorAt(layer.file, place, { code, message, advice }));
    return [];
  };
  const target = await findTarget(reading, layer, item);
  if ('code' in target) return refuse(target.code, target.message, target.advice);
  if (above.includes(target.path)) {
    const message = `${quote(item)} extends this file in turn, so there is no end to it.`;
    return refuse('extends-cycle', message, 'Take one of the two out.');
  }
  if (above.length >= maxLayers) {
    return refuse('extends-too-deep', `More than ${maxLayers} files extend one another here.`, null);
  }
  const found = await readLayer(reading, layer.folder, target.path);
  if (found === 'absent') {
    return refuse(
      'file-not-found',
      `There is no file ${quote(item)}.`,
      'The path counts from the file it is in.',
    );
  }
  return found.file ? layersOf(building, { folder: layer.folder, file: found.file }, [], above) : [];
}

function lastOfEach(layers: readonly Layer[]): Layer[] {
  const last = new Map(layers.map((layer, index) => [layer.file.path, index]));
  return layers.filter((layer, index) => last.get(layer.file.path) === index);
}

type Target = { path: string } | { code: string; message: string; advice: string | null };

async function findTarget(reading: Reading, layer: Layer, item: string): Promise<Target> {
  const presets = `A preset is ${listed(presetNames)}; a file is written like \`./shared.yml\`.`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(item)) {
    return {
      code: 'extends-remote',
      message: `${quote(item)} is an address on the network; only files of this folder are read.`,
      advice: presets,
    };
  }
  if (!/[/\\]|\.ya?ml$/i.test(item)) {
    const near = nearest(item, presetNames);
    return {
      code: 'unknown-preset',
      message: `There is no preset ${quote(item)}.`,
      advice: near === null ? presets : `Did you mean \`${near}\`? ${presets}`,
    };
  }
  const file = path.resolve(path.dirname(layer.file.path), item);
  if (
    path.isAbsolute(item) ||
    item.includes('\\') ||
    item.includes('\0') ||
    !isInside(layer.folder.root, file)
  ) {
    return {
      code: 'path-escape',
      message: `${quote(item)} leads out of the rules folder.`,
      advice: 'Only files of this folder, and presets, can be extended.',
    };
  }
  const real = await realpath(file).catch(() => file);
  if (!isInside(layer.folder.root, real)) {
    reading.files.set(file, null);
    return {
      code: 'path-escape',
      message: `${quote(item)} is a link that leads out of the rules folder.`,
      advice: 'Copy what is needed into the folder.',
    };
  }
  return { path: real };
}
