import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { buffered } from './buffered.ts';
import { makeFolder } from './folders.ts';
import { linkOn } from './paths.ts';
import { isLink, onNamedPath, PathRefusal } from './refusal.ts';

export interface WriteOptions {
  /** The option or argument that named the path, such as `--output`; null or left out: the path speaks for itself. */
  from?: string | null;
  /** Permissions of a file that is new; 0o600 for what people wrote. Left out: what the system gives, 0o666 less umask. */
  mode?: number;
  /** A file that exists already is refused, as is a link, wherever it leads. */
  isNew?: boolean;
}

/** A file that is being written, one piece after the other; it has its own name only once it is whole. */
export interface OpenFile {
  write(text: string | Uint8Array): Promise<void>;
  /** Gives the file its name. @returns the path as it was named */
  close(): Promise<string>;
  /** Leaves nothing behind; the file that had the name before stays as it was. */
  discard(): Promise<void>;
}

/**
 * Writes a file that the user named, and the folders above it: whole or not at all.
 * @throws UsageError when that cannot be, or is refused: see `openForWriting`
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const opened = await openForWriting(file, options);
  try {
    await opened.write(content);
  } catch (error) {
    await opened.discard();
    throw error;
  }
  await opened.close();
}

/**
 * Opens a file for writing, in pieces. The text goes into a new file of a random name next to it (created, never
 * opened, so that nothing planted there is followed), which takes the place of the old one in the end. Neither the
 * target nor a folder below the working directory may be a link, and what exists must be a regular file.
 * @throws UsageError with the path, the reason and what to do
 */
export async function openForWriting(file: string, options: WriteOptions = {}): Promise<OpenFile> {
  const from = options.from ?? null;
  const named = <T>(use: () => Promise<T>): Promise<T> => onNamedPath(file, from, use);
  const { handle, partial } = await named(async () => {
    const mode = await assertMayReplace(file, options);
    await makeFolder(path.dirname(path.resolve(file)));
    const partial = `${file}.${randomBytes(8).toString('hex')}.partial`;
    const handle = await open(partial, 'wx', mode);
    // What was private stays so, whatever the umask took away or left.
    if (mode !== undefined && mode !== 0o666) await handle.chmod(mode);
    return { handle, partial };
  });
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true });
  };
  const pieces = buffered(handle);
  return {
    write: (content) => named(() => pieces.write(content)),
    close: () =>
      named(async () => {
        try {
          await pieces.flush();
          await handle.close();
          await assertMayReplace(file, options);
          await rename(partial, file);
          return file;
        } catch (error) {
          await discard();
          throw error;
        }
      }),
    discard,
  };
}

/** @returns the permissions that the new file should have; undefined: the system's default */
async function assertMayReplace(file: string, options: WriteOptions): Promise<number | undefined> {
  const link = await linkOn(file);
  if (link !== null) throw isLink(link, file);
  const facts = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (facts === null) return options.mode;
  if (facts.isDirectory()) throw new PathRefusal('it is a folder, where a file is needed', 'Name a file');
  if (!facts.isFile()) throw new PathRefusal('it is not a regular file', 'Name another place');
  if (options.isNew === true) throw new PathRefusal('it exists already', 'Name another place');
  return options.mode ?? facts.mode & 0o777;
}
