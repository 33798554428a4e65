import type { FileHandle } from 'node:fs/promises';
import { createNumberList } from '../model/number-list.ts';
import { type Buffered, buffered } from './buffered.ts';
import { openNameless } from './scratch.ts';

/** Texts that are put aside, and read again one by one in any order. No other process can find them. */
export interface Spool {
  add(text: string): Promise<void>;
  /** @param index of those that were added, counted from 0 */
  text(index: number): Promise<string>;
  close(): Promise<void>;
}

/** The file has no name once it is open, so nothing is left behind, even where the process is killed. */
export function createSpool(): Spool {
  /** Where each ends. */
  const ends = createNumberList();
  let size = 0;
  /** Something may not be in the file yet. */
  let isAhead = false;
  let file: Promise<{ handle: FileHandle; pieces: Buffered }> | null = null;
  const open = async (): Promise<{ handle: FileHandle; pieces: Buffered }> => {
    const handle = await openNameless();
    return { handle, pieces: buffered(handle) };
  };
  return {
    async add(text) {
      size += Buffer.byteLength(text);
      ends.push(size);
      isAhead = true;
      const { pieces } = await (file ??= open());
      await pieces.write(text);
    },
    async text(index) {
      const begin = ends.at(index - 1) ?? 0;
      const bytes = Buffer.allocUnsafe((ends.at(index) ?? begin) - begin);
      const { handle, pieces } = await (file ??= open());
      if (isAhead) await pieces.flush();
      isAhead = false;
      await handle.read(bytes, 0, bytes.length, begin);
      return bytes.toString('utf8');
    },
    async close() {
      await (await file)?.handle.close();
    },
  };
}
