import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type LoadOptions,
  type LoadResult,
  type LoadSuccess,
  loadPolicy,
} from '../../src/config/load-policy.ts';
import { renderMistakes } from '../../src/config/render-mistakes.ts';

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

/** The policy of a folder that must be without mistakes. */
export async function mustLoad(dir: string, options: LoadOptions = {}): Promise<LoadSuccess> {
  const loaded = await loadPolicy(dir, options);
  if (!loaded.ok) throw new Error(renderMistakes(loaded.mistakes, loaded.sources));
  return loaded;
}

export async function mustLoadFrom(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: LoadOptions = {},
): Promise<LoadSuccess> {
  return withFolder(files, (dir) => mustLoad(dir, options));
}
