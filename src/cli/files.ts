import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import { oneLine } from '../report/terminal.ts';

const reasons: Record<string, string> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk can only be read',
  ENOTDIR: 'a part of its path is a file, where a folder is needed',
  EEXIST: 'a part of its path is a file, where a folder is needed',
  EISDIR: 'it is a folder, where a file is needed',
  ENOENT: 'its folder is not there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
};

/**
 * Does something to a path that the user named; what the file system says against it is the user's to mend.
 * @param from the option or argument that named the path, such as `--output`; left out: the path speaks for itself
 * @throws UsageError with the path, the reason and what to do; anything else as it is
 */
export async function onNamedPath<T>(named: string, from: string | null, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    const reason = reasons[code];
    const why = reason === undefined ? `the system says ${code}` : `${reason} (${code})`;
    const what = from === null ? quoted(named) : `${from} ${quoted(named)}`;
    throw new UsageError(`${what} cannot be written: ${why}. Name another place, or make room there.`);
  }
}

/** Writes a file that the user named, and its folders. @throws UsageError when that cannot be */
export function writeNamed(file: string, text: string, from: string | null = null): Promise<void> {
  return onNamedPath(file, from, async () => {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    await writeFile(file, text);
  });
}

/** Finds out, before long work is done, whether a new file can be made there. @throws UsageError when it cannot */
export function assertCanMake(file: string, from: string): Promise<void> {
  return onNamedPath(file, from, async () => {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    const partial = partialOf(file);
    await (await open(partial, 'w')).close();
    await rm(partial, { force: true });
  });
}

/** Where a file is written first, so that one that is cut off never stands under its own name. */
export function partialOf(file: string): string {
  return `${file}.partial`;
}

/** A path between quotes; nothing in it steers a terminal. */
export function quoted(named: string): string {
  return `"${oneLine(named)}"`;
}
