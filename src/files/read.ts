import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import { quoted } from '../text/visible.ts';
import { isGitFolder, linkOn } from './paths.ts';

/** A document, a rule file, a cache: what a text may hold unless more is wanted. */
export const DOCUMENT_BYTES: number = 16 * 1024 * 1024;

export type ReadProblem = 'absent' | 'link' | 'folder' | 'special' | 'too-large' | 'git' | 'unreadable';

export type ReadResult = { bytes: Buffer } | { problem: ReadProblem; words: string; size?: number };

/**
 * Reads a regular file of bounded size. Never throws, never waits: a FIFO, a device, a link, a file in Git's own
 * folder are refused before they are opened.
 * @param links `refuse`: no part below the working directory may be a link; `resolved`: the caller has resolved the
 *   links of the path and found that it stays where it may
 */
export async function readRegular(
  file: string,
  maxBytes: number = DOCUMENT_BYTES,
  links: 'refuse' | 'resolved' = 'refuse',
): Promise<ReadResult> {
  if (path.resolve(file).split(path.sep).some(isGitFolder))
    return { problem: 'git', words: "it belongs to Git's own folder" };
  const link = links === 'refuse' ? await linkOn(file) : null;
  if (link !== null) return { problem: 'link', words: `${quoted(path.relative('', link))} is a link` };
  try {
    const planted = await lstat(file);
    const kind = kindOf(planted);
    if (kind !== null) return kind;
    // Between the two looks something else may have taken its place: that would be neither followed nor waited for.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const handle = await open(file, flags);
    try {
      const facts = await handle.stat();
      const now = kindOf(facts);
      if (now !== null) return now;
      if (facts.size > maxBytes) return tooLarge(facts.size, maxBytes);
      return await readUpTo(handle, facts.size, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: 'absent', words: 'there is no such file' };
    if (code === 'ELOOP') return { problem: 'link', words: 'it is a link' };
    return { problem: 'unreadable', words: `it cannot be read (${code ?? 'unknown reason'})` };
  }
}

function kindOf(facts: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): ReadResult | null {
  if (facts.isFile()) return null;
  if (facts.isDirectory()) return { problem: 'folder', words: 'it is a folder' };
  if (facts.isSymbolicLink()) return { problem: 'link', words: 'it is a link' };
  return { problem: 'special', words: 'it is not a regular file' };
}

function tooLarge(size: number, maxBytes: number): ReadResult {
  const words = `it is ${mebibytes(size)} large; ${mebibytes(maxBytes)} are the most that is read`;
  return { problem: 'too-large', words, size };
}

/** A size in words, rounded up: `16 MiB`. */
export function mebibytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.ceil(bytes / (1024 * 1024))} MiB`;
}

/** A file of `/proc` has no size, and one may grow: what is read is counted. */
async function readUpTo(
  handle: { read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number }> },
  size: number,
  maxBytes: number,
): Promise<ReadResult> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(size - total + 1, 4096), 1024 * 1024));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    if (bytesRead === 0) return { bytes: Buffer.concat(chunks, total) };
    total += bytesRead;
    if (total > maxBytes) return tooLarge(total, maxBytes);
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

/**
 * The text of a file that the user named; a byte order mark stays.
 * @param from the option or argument that named it; null: the path speaks for itself
 * @param wanted what to do instead, as a sentence: `Name a Markdown file.`
 * @throws UsageError when there is no such file, or it is not one that may be read
 */
export async function readNamed(
  file: string,
  options: { from?: string | null; wanted?: string; maxBytes?: number } = {},
): Promise<string> {
  const read = await readRegular(file, options.maxBytes);
  if ('bytes' in read) return read.bytes.toString('utf8');
  const what = options.from == null ? quoted(file) : `${options.from} ${quoted(file)}`;
  const advice = read.problem === 'link' ? 'Links are not followed: name what it leads to.' : options.wanted;
  throw new UsageError(`${what}: ${read.words}. ${advice ?? ''}`.trimEnd());
}

/**
 * The regular files below a folder, with `/` between the parts of their names, sorted. Links, special files and Git's
 * own folder are left out and named; nothing outside the folder is ever seen.
 * @param options `skip`: names of files and folders that are left out, without being named
 * @throws UsageError when the folder is not one, or holds more than `maxFiles`
 */
export async function filesBelow(
  dir: string,
  options: { from?: string | null; maxFiles?: number; skip?: (name: string) => boolean } = {},
): Promise<{ files: string[]; left: string[] }> {
  const { maxFiles = 10_000, from = null, skip = () => false } = options;
  const what = from === null ? quoted(dir) : `${from} ${quoted(dir)}`;
  const link = await linkOn(dir);
  if (link !== null) throw new UsageError(`${what}: ${quoted(link)} is a link, and links are not followed.`);
  const files: string[] = [];
  const left: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(path.join(dir, folder), { withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        throw new UsageError(`${what} cannot be read (${error.code}). Name a folder.`);
      },
    );
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isGitFolder(entry.name) || skip(entry.name)) continue;
      if (entry.isDirectory()) folders.push(name);
      else if (entry.isFile()) files.push(name);
      else left.push(name);
      if (files.length + left.length + folders.length > maxFiles)
        throw new UsageError(`${what} holds more than ${maxFiles} files. Name a smaller folder.`);
    }
  }
  return { files: files.sort(), left: left.sort() };
}
