import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { builtInRulesDir, demoRulesDir, presetDirs } from './built-in.ts';
import { gather } from './gather.ts';
import { loadPolicy } from './load-policy.ts';
import { type Prepared, type PreparedFile, prepare } from './prepared.ts';

/**
 * Our own rule files for the program that is being built: values instead of YAML, and those that a preset consists of
 * checked.
 * @throws Error when one of them is not in order
 */
export async function prepareRules(): Promise<Prepared> {
  const sound = new Set<string>();
  for (const dir of [...Object.values(presetDirs), demoRulesDir]) {
    const loaded = await loadPolicy(dir);
    const [error] = loaded.ok ? loaded.warnings : loaded.errors;
    if (error !== undefined) throw new Error(`${error.file}:${error.line}: ${error.message}`);
    for (const file of (await gather(dir)).reading.files.keys()) sound.add(file);
  }
  const prepared: Record<string, PreparedFile> = {};
  for (const name of (await readdir(builtInRulesDir, { recursive: true })).sort()) {
    if (!name.endsWith('.yml')) continue;
    const file = path.join(builtInRulesDir, name);
    const below = name.replaceAll('\\', '/');
    prepared[below] = prepare(below, await readFile(file), sound.has(file));
  }
  return prepared;
}
