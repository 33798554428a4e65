import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type LoadOptions,
  type LoadResult,
  type LoadSuccess,
  loadPolicy,
} from '../../src/config/load-policy.ts';
import { renderConfigErrors } from '../../src/config/render-errors.ts';

/** A folder with these files, gone when `use` has ended. */
export async function withFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
      await writeFile(path.join(dir, name), text);
    }
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export async function loadFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: LoadOptions = {},
): Promise<LoadResult> {
  return withFolder(files, (dir) => loadPolicy(dir, options));
}

/** The policy of a folder that must be without errors. */
export async function mustLoad(dir: string, options: LoadOptions = {}): Promise<LoadSuccess> {
  const loaded = await loadPolicy(dir, options);
  if (!loaded.ok) throw new Error(renderConfigErrors(loaded.errors, loaded.sources));
  return loaded;
}

export async function mustLoadFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: LoadOptions = {},
): Promise<LoadSuccess> {
  return withFolder(files, (dir) => mustLoad(dir, options));
}
