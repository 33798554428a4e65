import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Our own rule files, which are the defaults: the folder `rules` of this package, run from source or compiled. */
export const builtInRulesDir: string = findRulesDir(path.dirname(fileURLToPath(import.meta.url)));

function findRulesDir(from: string): string {
  const parent = path.dirname(from);
  if (existsSync(path.join(from, 'package.json')) || parent === from) return path.join(from, 'rules');
  return findRulesDir(parent);
}

/** What `extends` can name. `handbook` is the folder itself: the example people read is what they get. */
export const presetDirs: Readonly<Record<string, string>> = {
  handbook: builtInRulesDir,
  'issues-only': path.join(builtInRulesDir, 'presets', 'issues-only'),
  minimal: path.join(builtInRulesDir, 'presets', 'minimal'),
  'weekly-updates': path.join(builtInRulesDir, 'presets', 'weekly-updates'),
};

export const presetNames: readonly string[] = Object.keys(presetDirs);

/** What the demo runs by: rules that the handbook leaves off are shown too. */
export const demoRulesDir: string = path.join(builtInRulesDir, 'presets', 'demo');

/** Languages of the comment that come with the package; English needs no file. */
export const languageNames = ['en', 'de'] as const;

export const languageFile = (language: string): string =>
  path.join(builtInRulesDir, 'languages', `${language}.yml`);
