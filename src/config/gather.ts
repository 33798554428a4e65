import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { documentKinds } from '../kinds/index.ts';
import type { DocumentKind } from '../model/document.ts';
import { addTo } from '../model/groups.ts';
import type { DayRange } from '../model/policy.ts';
import { languageFile, languageNames } from './built-in.ts';
import { fileError, listed, quote } from './config-error.ts';
import { gatherHolidays } from './holidays.ts';
import {
  type Layer,
  layersOf,
  namesItsBase,
  newReading,
  presetFolder,
  type Reading,
  type RulesFolder,
  readLayer,
  teamFolder,
} from './layers.ts';
import { kindFileName } from './rule-schema.ts';
import { nearest } from './suggest.ts';
import { findTemplate, type TemplateFile } from './templates.ts';
import { valueAt } from './zod-words.ts';

/** All files of a policy, lowest layer first. */
export interface Gathered {
  reading: Reading;
  folder: RulesFolder;
  policy: Layer[];
  kinds: Record<DocumentKind, Layer[]>;
  vocabulary: Layer[];
  /** The sentences of the comment: a language of ours, and `comment.yml` of each folder. */
  language: Layer[];
  /** The words of each language, by its code. */
  words: Map<string, Layer[]>;
  templates: Record<DocumentKind, TemplateFile>;
  /** Of `reminders.holidays`, calendar files included. */
  holidays: DayRange[];
  /** `kr.test.yml` and the like, of the folder itself. */
  tests: { kind: DocumentKind; layer: Layer }[];
}

/** What a folder builds on that names no base. */
const defaultPreset = 'handbook';

/** Reads every file a rules folder consists of, presets and extended files included. */
export async function gather(dir: string): Promise<Gathered> {
  const reading = newReading();
  const folder = await teamFolder(dir);
  const folders: RulesFolder[] = [];
  const policy = await gatherPolicy(reading, folder, folders);
  const kinds = {} as Record<DocumentKind, Layer[]>;
  const templates = {} as Record<DocumentKind, TemplateFile>;
  for (const kind of documentKinds) {
    kinds[kind] = await gatherKind(reading, folders, kind);
    templates[kind] = await findTemplate(reading, folders, kinds[kind], kind);
  }
  const vocabulary: Layer[] = [];
  for (const each of folders) vocabulary.push(...(await layerAt(reading, each, 'vocabulary.yml')));
  const language = await gatherLanguage(reading, folders, policy);
  const words = await gatherWords(reading, folders);
  const holidays = await gatherHolidays(reading, policy);
  const tests = await gatherTests(reading, folder);
  await lookAround(reading, folder);
  return { reading, folder, policy, kinds, vocabulary, language, words, templates, holidays, tests };
}

/** A file of a folder as a layer; none where it is not there, or cannot be read. @param name from the folder, or absolute */
async function layerAt(reading: Reading, folder: RulesFolder, name: string): Promise<Layer[]> {
  const found = await readLayer(reading, folder, path.resolve(folder.root, name));
  return found === 'absent' || found.file === null ? [] : [{ folder, file: found.file }];
}

/** The language that the topmost policy file names, below what the folders say themselves. */
async function gatherLanguage(
  reading: Reading,
  folders: readonly RulesFolder[],
  policy: readonly Layer[],
): Promise<Layer[]> {
  const named = policy.map((layer) => valueAt(layer.file.value, ['comment', 'language'])).filter(Boolean);
  const language = languageNames.find((name) => name === named.at(-1)) ?? 'en';
  const layers =
    language === 'en'
      ? []
      : await layerAt(reading, await presetFolder(defaultPreset), languageFile(language));
  for (const folder of folders) layers.push(...(await layerAt(reading, folder, 'comment.yml')));
  return layers;
}

/** `words/de.yml` of every folder, lowest first. */
async function gatherWords(reading: Reading, folders: readonly RulesFolder[]): Promise<Gathered['words']> {
  const words: Gathered['words'] = new Map();
  for (const folder of folders) {
    const dir = path.join(folder.root, 'words');
    const files = await readdir(dir).catch(() => []);
    for (const name of files.filter((each) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\.yml$/.test(each)).sort()) {
      const code = name.slice(0, -'.yml'.length);
      for (const layer of await layerAt(reading, folder, path.join(dir, name))) addTo(words, code, layer);
    }
  }
  return words;
}

/** The layers of policy.yml; `folders` collects, lowest first, the folders whose other files count too. */
async function gatherPolicy(reading: Reading, folder: RulesFolder, folders: RulesFolder[]): Promise<Layer[]> {
  const preset = async (name: string): Promise<Layer[]> => {
    const presetRoot = await presetFolder(name);
    const [layer] = await layerAt(reading, presetRoot, 'policy.yml');
    const layers = layer === undefined ? [] : await layersOf(building, layer);
    if (!folders.some((each) => each.root === presetRoot.root)) folders.push(presetRoot);
    return layers;
  };
  const building = { reading, preset, known: new Map<string, Layer[]>() };
  const found = await readLayer(reading, folder, path.join(folder.root, 'policy.yml'));
  if (found === 'absent') await sayNoPolicy(reading, folder);
  const layers =
    found === 'absent' || found.file === null
      ? await preset(defaultPreset)
      : await layersOf(building, { folder, file: found.file }, [defaultPreset]);
  if (!folders.some((each) => each.root === folder.root)) folders.push(folder);
  return layers;
}

/** A folder without policy.yml is most often the wrong folder: the preset must not be taken for it in silence. */
async function sayNoPolicy(reading: Reading, folder: RulesFolder): Promise<void> {
  // Almost the right name: said elsewhere.
  if ((await readdir(folder.root)).some((name) => /^policy\.ya?ml$/i.test(name))) return;
  reading.errors.push(
    fileError(folder.nameOf(path.join(folder.root, 'policy.yml')), {
      code: 'no-policy',
      message: `The folder ${quote(folder.nameOf(folder.root))} has no policy.yml.`,
      advice:
        'Name the folder that holds your policy.yml, or write one with `kr-hygiene init`; `extends: handbook` is enough.',
    }),
  );
}

/** A kind's file builds on the files of the folders below its own, unless it names its base itself. */
async function gatherKind(
  reading: Reading,
  folders: readonly RulesFolder[],
  kind: DocumentKind,
): Promise<Layer[]> {
  const preset = async (name: string): Promise<Layer[]> => {
    const below: RulesFolder[] = [];
    await gatherPolicy({ ...reading, errors: [] }, await presetFolder(name), below);
    return gatherKind(reading, below, kind);
  };
  let layers: Layer[] = [];
  for (const folder of folders) {
    const [layer] = await layerAt(reading, folder, kindFileName(kind));
    if (layer === undefined) continue;
    const own = await layersOf({ reading, preset, known: new Map() }, layer);
    layers = namesItsBase(layer.file) ? own : [...layers, ...own];
  }
  return layers;
}

/** Files with examples, told by their names: `kr.test.yml`, `kr.titles.test.yml`. */
async function gatherTests(reading: Reading, folder: RulesFolder): Promise<Gathered['tests']> {
  const tests: Gathered['tests'] = [];
  for (const name of (await readdir(folder.root)).sort()) {
    if (!/\.test\.ya?ml$/.test(name)) continue;
    const file = path.join(folder.root, name);
    const kind = documentKinds.find((each) => name.startsWith(`${each}.`));
    if (kind === undefined) {
      const message = `The name of ${quote(name)} does not say which kind of document its examples are.`;
      const advice = `Let it begin with ${listed(documentKinds)}, as in \`kr.test.yml\`.`;
      reading.errors.push(fileError(folder.nameOf(file), { code: 'unused-file', message, advice }));
      continue;
    }
    for (const layer of await layerAt(reading, folder, file)) tests.push({ kind, layer });
  }
  return tests;
}

/** A file that is named almost like one of ours would be overlooked in silence; say so instead. */
async function lookAround(reading: Reading, folder: RulesFolder): Promise<void> {
  const known = ['policy.yml', 'vocabulary.yml', 'comment.yml', ...documentKinds.map(kindFileName)];
  const names = await readdir(folder.root);
  const ours = new Set(names.filter((name) => known.includes(name)));
  for (const name of names.sort()) {
    const file = path.join(folder.root, name);
    if (
      !/\.ya?ml$/i.test(name) ||
      known.includes(name) ||
      /\.test\.ya?ml$/.test(name) ||
      reading.files.has(file)
    )
      continue;
    const renamed = name.replace(/\.yaml$/i, '.yml');
    const near = known.includes(renamed) ? renamed : nearest(renamed, known);
    const likely = near !== null && !ours.has(near);
    reading.errors.push(
      fileError(folder.nameOf(file), {
        code: 'unused-file',
        level: likely ? 'error' : 'warning',
        message: `The file ${quote(name)} is not read: no file extends it.`,
        advice: likely ? `Did you mean \`${near}\`?` : `Files that are read: ${listed(known, 'and')}.`,
      }),
    );
  }
}
