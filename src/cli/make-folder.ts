import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder and those above it, where they are not there yet. One by one: what Node 20 does by itself
 * (`recursive`) never returns below `/proc`, where the folder above is there and one in it is denied as if it were not.
 * @throws what the file system says
 */
export async function makeFolder(dir: string): Promise<void> {
  const whole = path.resolve(dir);
  if (isFolder(whole)) return;
  const above = path.dirname(whole);
  if (above !== whole) await makeFolder(above);
  try {
    await mkdir(whole);
  } catch (error) {
    // Another run was faster.
    if (!isFolder(whole)) throw error;
  }
}

function isFolder(dir: string): boolean {
  try {
    return statSync(dir).isDirectory();
  } catch {
    return false;
  }
}
