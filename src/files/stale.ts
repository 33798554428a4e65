import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { linkOn } from './paths.ts';

/**
 * Removes files of an earlier build from the folders of `dir`, one level down: those whose folder and name are as ours
 * are, and that are not among `keep` (`folder/name`). Links are left alone.
 */
export async function removeStale(
  dir: string,
  isOurs: (folder: string, name: string) => boolean,
  keep: ReadonlySet<string>,
): Promise<void> {
  for (const folder of await readdir(dir, { withFileTypes: true })) {
    if (!folder.isDirectory() || (await linkOn(path.join(dir, folder.name))) !== null) continue;
    for (const entry of await readdir(path.join(dir, folder.name), { withFileTypes: true })) {
      const isStale = entry.isFile() && isOurs(folder.name, entry.name);
      if (isStale && !keep.has(`${folder.name}/${entry.name}`))
        await rm(path.join(dir, folder.name, entry.name));
    }
  }
}
