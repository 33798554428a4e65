import { randomBytes } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Lines that are put aside for a moment, and read once, in their order. No other process can find them. */
export interface Scratch {
  add(line: string): Promise<void>;
  lines(): AsyncIterable<string>;
}

/** So much is kept in memory before a file is begun, and between two writes. */
const BUFFER_CHARACTERS = 500_000;

/**
 * The file has no name once it is open, so nothing is left behind, even where the process is killed.
 * @param room characters that are kept in memory
 */
export function createScratch(room: number = BUFFER_CHARACTERS): Scratch {
  let buffered: string[] = [];
  let size = 0;
  let handle: FileHandle | null = null;
  return {
    async add(line) {
      buffered.push(line);
      size += line.length;
      if (size < room) return;
      handle ??= await openNameless();
      await handle.appendFile(`${buffered.join('\n')}\n`);
      buffered = [];
      size = 0;
    },
    async *lines() {
      if (handle !== null) {
        yield* linesIn(handle.createReadStream({ start: 0, encoding: 'utf8', autoClose: true }));
      }
      yield* buffered;
    },
  };
}

/** Only a line feed ends a line: Node's readline takes U+2028 for an end as well, and JSON may hold it. */
async function* linesIn(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const [first = '', ...rest] = chunk.split('\n');
    pieces.push(first);
    if (rest.length === 0) continue;
    yield pieces.join('');
    pieces = [rest.pop() ?? ''];
    yield* rest;
  }
  if (pieces.some((piece) => piece !== '')) yield pieces.join('');
}

/** A file for this process alone, as it loses its name at once. */
export async function openNameless(): Promise<FileHandle> {
  const file = path.join(tmpdir(), `kr-hygiene-${randomBytes(12).toString('hex')}`);
  const handle = await open(file, 'wx+', 0o600);
  await unlink(file).catch(() => undefined);
  return handle;
}
