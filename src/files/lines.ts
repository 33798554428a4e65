import { StringDecoder } from 'node:string_decoder';
import { openRandomAccess } from './random-access.ts';

const CHUNK = 64 * 1024;

/**
 * The lines of a regular file, one by one.
 * @returns null where the file cannot be read or is larger than `maxBytes`
 */
export async function linesOf(file: string, maxBytes: number): Promise<AsyncIterable<string> | null> {
  const opened = await openRandomAccess(file);
  if (opened === null || 'words' in opened) return null;
  if (opened.size > maxBytes) {
    await opened.close();
    return null;
  }
  return linesIn(
    (bytes, position) => opened.readInto(bytes, position),
    () => opened.close(),
  );
}

/**
 * Lines of what is read piece by piece. Only a line feed ends a line (Node's readline takes U+2028 for an end as well,
 * and JSON may hold it), and what follows the last one is a line if it holds anything.
 * @param readInto fills the bytes from a position on, and says how many there were
 */
export async function* linesIn(
  readInto: (bytes: Buffer, position: number) => Promise<number>,
  close: () => Promise<void>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  const bytes = Buffer.allocUnsafeSlow(CHUNK);
  let pieces: string[] = [];
  try {
    let position = 0;
    for (let count = await readInto(bytes, 0); count > 0; count = await readInto(bytes, position)) {
      position += count;
      const lines = decoder.write(bytes.subarray(0, count)).split('\n');
      pieces.push(lines[0] ?? '');
      if (lines.length === 1) continue;
      yield pieces.join('');
      pieces = [lines.pop() ?? ''];
      for (let index = 1; index < lines.length; index += 1) yield lines[index] ?? '';
    }
    const last = `${pieces.join('')}${decoder.end()}`;
    if (last !== '') yield last;
  } finally {
    await close();
  }
}
