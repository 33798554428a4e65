import { UsageError } from '../model/errors.ts';
import { quoted } from '../text/visible.ts';

/** What a file system may have against writing to a path, and what to do about it. */
const reasons: Record<string, readonly [reason: string, advice: string]> = {
  EACCES: ['you may not write there', 'Change who may, or name another place'],
  EPERM: ['you may not write there', 'Change who may, or name another place'],
  EROFS: ['the disk can only be read', 'Name a place on another'],
  ENOTDIR: ['a part of its path is a file, where a folder is needed', 'Name another place'],
  EEXIST: ['a part of its path is a file, where a folder is needed', 'Name another place'],
  EISDIR: ['it is a folder, where a file is needed', 'Name a file'],
  ERR_FS_EISDIR: ['it is a folder, where a file is needed', 'Name a file'],
  ENOENT: ['its folder does not exist, and cannot be made', 'Name another place'],
  ENOSPC: ['the disk is full', 'Make room, or name another place'],
  EDQUOT: ['your share of the disk is full', 'Make room, or name another place'],
  ENAMETOOLONG: ['its name is too long', 'Choose a shorter one'],
  ERR_INVALID_ARG_VALUE: ['its name holds a character that no path can have', 'Name another place'],
};

/** A path that is not read or written, whatever the file system would allow. */
export class PathRefusal extends Error {
  override readonly name = 'PathRefusal';
  /** A clause such as `it is a link`, and a sentence on what to do. */
  readonly why: string;
  readonly advice: string;

  constructor(why: string, advice: string) {
    super(`${why}. ${advice}.`);
    this.why = why;
    this.advice = advice;
  }
}

/** The refusal of a path on which `link` is a link. */
export function isLink(link: string, named: string): PathRefusal {
  const which = link.endsWith(named.replace(/^(\.\/)+/, '')) ? 'it' : quoted(link);
  return new PathRefusal(`${which} is a link`, 'Links are not followed: name what it leads to');
}

/**
 * Does something to a path that the user named; what prevents it is for the user to fix.
 * @param from the option or argument that named the path, such as `--output`; null: the path speaks for itself
 * @throws UsageError with the path, the reason and what to do; anything else as it is
 */
export async function onNamedPath<T>(named: string, from: string | null, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const what = from === null ? quoted(named) : `${from} ${quoted(named)}`;
    if (error instanceof PathRefusal)
      throw new UsageError(`${what} cannot be written: ${error.why}. ${error.advice}.`);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || (syscall === undefined && code !== 'ERR_INVALID_ARG_VALUE')) throw error;
    const [why, advice] = reasons[code] ?? ['the system refuses it', 'Name another place'];
    throw new UsageError(`${what} cannot be written: ${why} (${code}). ${advice}.`);
  }
}
