import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import path from 'node:path';
import { isGitFolder, linkOn } from './paths.ts';

/** A regular file from which parts are read as they are needed; however large, little of it is in memory. */
export interface RandomAccess {
  size: number;
  /** As many bytes as there are, at most `length`. */
  read(position: number, length: number): Promise<Buffer>;
  /** Fills the bytes from a position of the file on. @returns how many there were */
  readInto(bytes: Buffer, position: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a regular file for reading here and there. Never waits: what is not a regular file is refused before it is
 * opened.
 * @returns null when there is no such file; otherwise the file, or a clause on what prevents it
 */
export async function openRandomAccess(file: string): Promise<RandomAccess | { words: string } | null> {
  if (path.resolve(file).split(path.sep).some(isGitFolder))
    return { words: "it belongs to Git's own folder" };
  if ((await linkOn(file)) !== null) return { words: 'it is a link, or behind one' };
  const facts = await lstat(file).catch(() => null);
  if (facts === null) return null;
  if (!facts.isFile()) return { words: facts.isDirectory() ? 'it is a folder' : 'it is not a regular file' };
  // Something else may take its place between the two looks: that is neither followed nor waited for.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  try {
    const handle = await open(file, flags);
    const { size } = await handle.stat();
    return {
      size,
      read: (position, length) => readAt(handle, position, length),
      readInto: async (bytes, position) => (await handle.read(bytes, 0, bytes.length, position)).bytesRead,
      close: () => handle.close(),
    };
  } catch (error) {
    return { words: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})` };
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
