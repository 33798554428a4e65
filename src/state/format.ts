import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * The state file: a header, one sealed block an issue, a sealed index of the blocks, a trailer that says where the
 * index begins. A block is a seal and deflated JSON, the index a seal and deflated numbers. The seal is a keyed hash
 * whose key comes from the token: what someone without the token wrote does not open, and neither does what was written
 * with another token. The name of a block is sealed with it, so that blocks cannot trade places.
 */
export const header = Buffer.from('kr-hygiene state 1\n');
export const trailerMark = Buffer.from('kr-hygiene index\n');
export const trailerLength = 8 + trailerMark.length;

/** Texts that older versions wrote under `--cache`: ours too, and of no more use. */
const olderHeader = /^\{"version":\d{1,4},"documents":\[/;

const sealLength = 16;

/** One entry unpacked is never larger: GitLab's limit for a description is a tenth of it. */
const maxUnpacked = 32 * 1024 * 1024;

/** The key of the seals. @param secret the token */
export function stateKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'kr-hygiene state', 32));
}

function sealOf(key: Buffer, name: string, packed: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(`${name.length}:${name}`)
    .update(packed)
    .digest()
    .subarray(0, sealLength);
}

/**
 * A quarter of the memory that zlib takes by itself, which is for larger texts: it is taken anew for each block, and so
 * much drives Node to collect garbage all the time. Blocks hardly grow for it.
 */
const small = { level: 1, windowBits: 13, memLevel: 6, chunkSize: 4096 };

/** A value as a block: seal and deflated JSON. */
export function pack(key: Buffer, name: string, value: unknown): Buffer {
  return packBytes(key, name, Buffer.from(JSON.stringify(value)));
}

/** Bytes as a block: seal and deflated bytes. */
export function packBytes(key: Buffer, name: string, bytes: Buffer): Buffer {
  const packed = deflateRawSync(bytes, small);
  return Buffer.concat([sealOf(key, name, packed), packed]);
}

/** What a block holds; null: it was not sealed with this key under this name, or is broken. */
export function unpack(key: Buffer, name: string, block: Buffer): unknown {
  const bytes = unpackBytes(key, name, block, maxUnpacked);
  try {
    return bytes === null ? null : (JSON.parse(bytes.toString('utf8')) as unknown);
  } catch {
    return null;
  }
}

/** The bytes of a block; null as with `unpack`, or where there are more of them than `most`. */
export function unpackBytes(key: Buffer, name: string, block: Buffer, most: number): Buffer | null {
  if (block.length <= sealLength) return null;
  const packed = block.subarray(sealLength);
  if (!timingSafeEqual(block.subarray(0, sealLength), sealOf(key, name, packed))) return null;
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch {
    return null;
  }
}

/** Whether a file that begins like this, and was never finished, was to become a state file. */
export function beginsAsOurs(start: Buffer): boolean {
  return isOurs(start, Buffer.alloc(0));
}

/** Whether a file is ours to overwrite: by its beginning, its end, or because it is empty or cut short within the header. */
export function isOurs(start: Buffer, end: Buffer): boolean {
  if (start.length === 0 || end.subarray(-trailerMark.length).equals(trailerMark)) return true;
  const shared = Math.min(start.length, header.length);
  return (
    start.subarray(0, shared).equals(header.subarray(0, shared)) || olderHeader.test(start.toString('latin1'))
  );
}
