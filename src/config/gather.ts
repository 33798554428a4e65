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
  for (const each of folders) {
    const found = await readLayer(reading, each, path.join(each.root, 'vocabulary.yml'));
    if (found !== 'absent' && found.file) vocabulary.push({ folder: each, file: found.file });
  }
  const language = await gatherLanguage(reading, folders, policy);
  const words = await gatherWords(reading, folders);
  const holidays = await gatherHolidays(reading, policy);
  const tests = await gatherTests(reading, folder);
  await lookAround(reading, folder);
  return { reading, folder, policy, kinds, vocabulary, language, words, templates, holidays, tests };
}

/** The language that the topmost policy file names, below what the folders say themselves. */
async function gatherLanguage(
  reading: Reading,
  folders: readonly RulesFolder[],
  policy: readonly Layer[],
): Promise<Layer[]> {
  const named = policy.map((layer) => valueAt(layer.file.value, ['comment', 'language'])).filter(Boolean);
  const language = languageNames.find((name) => name === named.at(-1)) ?? 'en';
  const layers: Layer[] = [];
  const add = async (folder: RulesFolder, file: string): Promise<void> => {
    const found = await readLayer(reading, folder, file);
    if (found !== 'absent' && found.file) layers.push({ folder, file: found.file });
  };
  if (language !== 'en') await add(await presetFolder(defaultPreset), languageFile(language));
  for (const folder of folders) await add(folder, path.join(folder.root, 'comment.yml'));
  return layers;
}

/** `words/de.yml` of every folder, lowest first. */
async function gatherWords(reading: Reading, folders: readonly RulesFolder[]): Promise<Gathered['words']> {
  const words: Gathered['words'] = new Map();
  for (const folder of folders) {
    const dir = path.join(folder.root, 'words');
    const files = await readdir(dir).catch(() => []);
    for (const name of files.filter((each) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\.yml$/.test(each)).sort()) {
      const found = await readLayer(reading, folder, path.join(dir, name));
      if (found === 'absent' || !found.file) continue;
      const code = name.slice(0, -'.yml'.length);
      addTo(words, code, { folder, file: found.file });
    }
  }
  return words;
}

/** The layers of policy.yml; `folders` collects, lowest first, the folders whose other files count too. */
async function gatherPolicy(reading: Reading, folder: RulesFolder, folders: RulesFolder[]): Promise<Layer[]> {
  const preset = async (name: string): Promise<Layer[]> => {
    const presetRoot = await presetFolder(name);
    const found = await readLayer(reading, presetRoot, path.join(presetRoot.root, 'policy.yml'));
    const layers =
      found === 'absent' || !found.file
        ? []
        : await layersOf(building, { folder: presetRoot, file: found.file });
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
    const found = await readLayer(reading, folder, path.join(folder.root, kindFileName(kind)));
    if (found === 'absent' || !found.file) continue;
    const own = await layersOf({ reading, preset, known: new Map() }, { folder, file: found.file });
    layers = namesItsBase(found.file) ? own : [...layers, ...own];
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
    const found = await readLayer(reading, folder, file);
    if (found !== 'absent' && found.file) tests.push({ kind, layer: { folder, file: found.file } });
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
