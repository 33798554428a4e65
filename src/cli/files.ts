import { open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import { oneLine } from '../reporters/terminal.ts';
import { makeFolder } from './make-folder.ts';

/** What the file system may have against a path, and what to do about it. */
const reasons: Record<string, readonly [reason: string, advice: string]> = {
  EACCES: ['you may not write there', 'Change who may, or name another place'],
  EPERM: ['you may not write there', 'Change who may, or name another place'],
  EROFS: ['the disk can only be read', 'Name a place on another'],
  ENOTDIR: ['a part of its path is a file, where a folder is needed', 'Name another place'],
  EEXIST: ['a part of its path is a file, where a folder is needed', 'Name another place'],
  EISDIR: ['it is a folder, where a file is needed', 'Name a file'],
  ERR_FS_EISDIR: ['it is a folder, where a file is needed', 'Name a file'],
  ENOENT: ['its folder is not there, and cannot be made', 'Name another place'],
  ENOSPC: ['the disk is full', 'Make room, or name another place'],
  EDQUOT: ['your share of the disk is full', 'Make room, or name another place'],
  ENAMETOOLONG: ['its name is too long', 'Choose a shorter one'],
  ELOOP: ['its links lead in a circle', 'Name another place'],
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
    const [why, advice] = reasons[code] ?? ['the system refuses it', 'Name another place'];
    const what = from === null ? quoted(named) : `${from} ${quoted(named)}`;
    throw new UsageError(`${what} cannot be written: ${why} (${code}). ${advice}.`);
  }
}

/** Writes a file that the user named, and its folders. @throws UsageError when that cannot be */
export function writeNamed(file: string, text: string, from: string | null = null): Promise<void> {
  return onNamedPath(file, from, async () => {
    await makeFolder(path.dirname(path.resolve(file)));
    await writeFile(file, text);
  });
}

/** Finds out, before long work is done, whether a new file can be made there. @throws UsageError when it cannot */
export function assertCanMake(file: string, from: string): Promise<void> {
  return onNamedPath(file, from, async () => {
    await makeFolder(path.dirname(path.resolve(file)));
    const partial = partialOf(file);
    // Made anew, never opened: what stands there may be a link that leads elsewhere.
    await rm(partial, { force: true });
    await (await open(partial, 'wx', 0o600)).close();
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
