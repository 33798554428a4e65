import { openRandomAccess, type RandomAccess } from '../files/random-access.ts';
import { UsageError } from '../model/errors.ts';
import { quoted } from '../text/visible.ts';
import { type BlockIndex, readBlockIndex } from './block-index.ts';
import { header, isOurs, trailerLength, trailerMark, unpackBytes } from './format.ts';

/** The state that an earlier run left: blocks by the key of their issue, read one by one as they are asked for. */
export interface OldState {
  /** The block as it is in the file; null: there is none, or it cannot be read. */
  block(key: number): Promise<Buffer | null>;
  readonly size: number;
  keys(): Iterable<number>;
  close(): Promise<void>;
}

/** Far more than five million issues need: read before its seal can be checked, and unpacked. */
const mostIndexBytes = 200 * 1024 * 1024;

/** Another name than the first index had, which was JSON. */
export const indexName = 'index of numbers';

const nothing: OldState = {
  block: () => Promise.resolve(null),
  size: 0,
  keys: () => [],
  close: () => Promise.resolve(),
};

/**
 * Opens a state file for reading. One that is absent, cut short, broken or sealed with another key counts as empty;
 * only its index is held in memory.
 * @throws UsageError when what has this name is not a state file, so that writing would destroy it
 */
export async function openOldState(file: string, key: Buffer): Promise<OldState> {
  const bytes = await openRandomAccess(file);
  if (bytes === null) return nothing;
  if ('words' in bytes) throw notOurs(file, bytes.words);
  const { size } = bytes;
  const start = await bytes.read(0, Math.min(size, 64));
  const end = await bytes.read(Math.max(0, size - trailerLength), Math.min(size, trailerLength));
  const ours = isOurs(start, end);
  const index = ours ? await readIndex(bytes, end, key) : null;
  if (index !== null) return opened(bytes, index);
  await bytes.close();
  if (!ours) throw notOurs(file, 'it holds something else');
  return nothing;
}

function opened(bytes: RandomAccess, index: BlockIndex): OldState {
  return {
    async block(key) {
      const at = index.find(key);
      return at === null ? null : bytes.read(at.begin, at.length).catch(() => null);
    },
    size: index.size,
    keys: () => index.keys(),
    close: () => bytes.close(),
  };
}

async function readIndex(bytes: RandomAccess, end: Buffer, key: Buffer): Promise<BlockIndex | null> {
  const { size } = bytes;
  if (size < header.length + trailerLength || !end.subarray(8).equals(trailerMark)) return null;
  const begin = Number(end.readBigUInt64BE(0));
  const length = size - trailerLength - begin;
  if (begin < header.length || length <= 0 || length > mostIndexBytes) return null;
  const unpacked = unpackBytes(key, indexName, await bytes.read(begin, length), mostIndexBytes);
  return unpacked === null ? null : readBlockIndex(unpacked, { begin: header.length, end: begin });
}

const notOurs = (file: string, why: string): UsageError =>
  new UsageError(
    `--state ${quoted(file)} is not a state file of kr-hygiene: ${why}. It was left as it is; name another file.`,
  );
