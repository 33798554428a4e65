import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isFolder, linkOn } from './paths.ts';
import { isLink } from './refusal.ts';

/**
 * Makes a folder and those above it, where they do not exist yet; see `linkOn` for the links it refuses. One by one:
 * what Node 20 does by itself (`recursive`) never returns below `/proc`, where the folder above exists and one in it is
 * denied as if it did not.
 * @throws PathRefusal, or what the file system says
 */
export async function makeFolder(dir: string): Promise<void> {
  const link = await linkOn(dir);
  if (link !== null) throw isLink(link, dir);
  await make(path.resolve(dir));
}

async function make(whole: string): Promise<void> {
  if (isFolder(whole)) return;
  const above = path.dirname(whole);
  if (above !== whole) await make(above);
  try {
    await mkdir(whole);
  } catch (error) {
    // Another run was faster.
    if (!isFolder(whole)) throw error;
  }
}
