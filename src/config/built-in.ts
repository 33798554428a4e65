import { readdirSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../files/package-root.ts';

/** Our own rule files, which are the defaults: the folder `rules` of this package. */
export const builtInRulesDir: string = path.join(packageRoot, 'rules');

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

const languagesDir = path.join(builtInRulesDir, 'languages');

/** Languages of the comment that come with the package, each with a file; English needs none. */
export const languageNames: readonly string[] = [
  'en',
  ...readdirSync(languagesDir)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => path.basename(file, '.yml'))
    .sort(),
];

export const languageFile = (language: string): string => path.join(languagesDir, `${language}.yml`);
