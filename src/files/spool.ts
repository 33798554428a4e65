import type { FileHandle } from 'node:fs/promises';
import { createNumberList } from '../model/number-list.ts';
import { openNameless } from './scratch.ts';

/** Texts that are put aside, and read again one by one in any order. No other process can find them. */
export interface Spool {
  add(text: string): Promise<void>;
  /** @param index of those that were added, counted from 0 */
  text(index: number): Promise<string>;
  close(): Promise<void>;
}

/** So much is kept in memory before it is written. */
const BUFFER_BYTES = 500_000;

/** @param room bytes that are kept in memory; the file has no name once it is open, so nothing is left behind */
export function createSpool(room: number = BUFFER_BYTES): Spool {
  /** Where each ends. */
  const ends = createNumberList();
  let buffered: Buffer[] = [];
  let size = 0;
  let written = 0;
  let handle: FileHandle | null = null;
  const flush = async (): Promise<FileHandle> => {
    handle ??= await openNameless();
    const bytes = Buffer.concat(buffered, size);
    buffered = [];
    size = 0;
    written += bytes.length;
    await handle.appendFile(bytes);
    return handle;
  };
  return {
    async add(text) {
      const bytes = Buffer.from(text);
      buffered.push(bytes);
      size += bytes.length;
      ends.push(written + size);
      if (size >= room) await flush();
    },
    async text(index) {
      const begin = ends.at(index - 1) ?? 0;
      const bytes = Buffer.allocUnsafe((ends.at(index) ?? begin) - begin);
      const file = size > 0 || handle === null ? await flush() : handle;
      await file.read(bytes, 0, bytes.length, begin);
      return bytes.toString('utf8');
    },
    async close() {
      await handle?.close();
    },
  };
}
