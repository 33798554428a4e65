import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { header, isOurs, trailerLength, trailerMark, unpack } from './format.ts';

/** The state that an earlier run left: blocks by the id of their issue, read one by one as they are asked for. */
export interface OldState {
  /** The block as it is in the file; null: there is none, or it cannot be read. */
  block(id: number): Promise<Buffer | null>;
  readonly size: number;
  ids(): Iterable<number>;
  close(): Promise<void>;
}

const indexSchema = z.array(z.tuple([z.int().min(0), z.int().min(0), z.int().min(1)])).max(5_000_000);

export const indexName = 'index';

const nothing: OldState = {
  block: () => Promise.resolve(null),
  size: 0,
  ids: () => [],
  close: () => Promise.resolve(),
};

/**
 * Opens a state file for reading. One that is absent, cut short, broken or sealed with another key counts as empty;
 * only its index is held in memory.
 * @throws UsageError when what has this name is not a state file, so that writing would destroy it
 */
export async function openOldState(file: string, key: Buffer): Promise<OldState> {
  const planted = await lstat(file).catch(() => null);
  if (planted === null) return nothing;
  if (!planted.isFile()) throw notOurs(file, planted.isSymbolicLink() ? 'it is a link' : 'it is not a file');
  // Something else may take its place between the two looks: that is neither followed nor waited for.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let handle: FileHandle;
  try {
    handle = await open(file, flags);
  } catch (error) {
    throw notOurs(file, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    const { size } = await handle.stat();
    const start = await readAt(handle, 0, Math.min(size, 64));
    const end = await readAt(handle, Math.max(0, size - trailerLength), Math.min(size, trailerLength));
    if (!isOurs(start, end)) throw notOurs(file, 'it holds something else');
    const index = await readIndex(handle, size, end, key);
    if (index !== null) return opened(handle, index);
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return nothing;
}

function opened(handle: FileHandle, index: ReadonlyMap<number, readonly [number, number]>): OldState {
  return {
    async block(id) {
      const at = index.get(id);
      return at === undefined ? null : readAt(handle, at[0], at[1]).catch(() => null);
    },
    size: index.size,
    ids: () => index.keys(),
    close: () => handle.close(),
  };
}

async function readIndex(
  handle: FileHandle,
  size: number,
  end: Buffer,
  key: Buffer,
): Promise<Map<number, readonly [number, number]> | null> {
  if (size < header.length + trailerLength || !end.subarray(8).equals(trailerMark)) return null;
  const begin = Number(end.readBigUInt64BE(0));
  const length = size - trailerLength - begin;
  if (begin < header.length || length <= 0) return null;
  const parsed = indexSchema.safeParse(unpack(key, indexName, await readAt(handle, begin, length)));
  if (!parsed.success) return null;
  return new Map(
    parsed.data.flatMap(([id, offset, bytes]) =>
      offset >= header.length && offset + bytes <= begin ? [[id, [offset, bytes] as const] as const] : [],
    ),
  );
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const notOurs = (file: string, why: string): UsageError =>
  new UsageError(
    `--state ${JSON.stringify(file)} is not a state file of kr-hygiene: ${why}. It was left as it is; name another file.`,
  );
