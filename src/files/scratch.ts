import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Buffered, buffered } from './buffered.ts';
import { linesIn } from './lines.ts';

/** Lines that are put aside for a moment, and read once, in their order. No other process can find them. */
export interface Scratch {
  add(line: string): Promise<void>;
  lines(): AsyncIterable<string>;
}

/** This much is kept in memory before a file is begun. */
const BUFFER_CHARACTERS = 500_000;

/**
 * The file has no name once it is open, so nothing is left behind, even where the process is killed.
 * @param room characters that are kept in memory
 */
export function createScratch(room: number = BUFFER_CHARACTERS): Scratch {
  let waiting: string[] = [];
  let size = 0;
  let handle: FileHandle | null = null;
  let pieces: Buffered | null = null;
  return {
    async add(line) {
      if (pieces !== null) return pieces.write(`${line}\n`);
      waiting.push(line);
      size += line.length;
      if (size < room) return;
      handle = await openNameless();
      pieces = buffered(handle);
      const first = waiting;
      waiting = [];
      for (const one of first) await pieces.write(`${one}\n`);
    },
    lines() {
      if (handle === null) return oneByOne(waiting);
      const file = handle;
      return linesIn(
        async (bytes, position) => {
          if (position === 0) await pieces?.flush();
          return (await file.read(bytes, 0, bytes.length, position)).bytesRead;
        },
        () => file.close(),
      );
    },
  };
}

async function* oneByOne(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield line;
}

/** A file for this process alone, as it loses its name at once. */
export async function openNameless(): Promise<FileHandle> {
  const file = path.join(tmpdir(), `kr-hygiene-${randomBytes(12).toString('hex')}`);
  const handle = await open(file, 'wx+', 0o600);
  await unlink(file).catch(() => undefined);
  return handle;
}
