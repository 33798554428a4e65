import { openRandomAccess, type RandomAccess } from './random-access.ts';

const CHUNK = 256 * 1024;

/**
 * The lines of a regular file, one by one. Only a line feed ends a line, and what follows the last one is a line if it
 * holds anything.
 * @returns null where the file cannot be read or is larger than `maxBytes`
 */
export async function linesOf(file: string, maxBytes: number): Promise<AsyncIterable<string> | null> {
  const opened = await openRandomAccess(file);
  if (opened === null || 'words' in opened) return null;
  if (opened.size <= maxBytes) return linesIn(opened);
  await opened.close();
  return null;
}

async function* linesIn(file: RandomAccess): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let pieces: string[] = [];
  try {
    for (let at = 0; at < file.size; at += CHUNK) {
      const [first = '', ...rest] = decoder.decode(await file.read(at, CHUNK), { stream: true }).split('\n');
      pieces.push(first);
      if (rest.length === 0) continue;
      yield pieces.join('');
      pieces = [rest.pop() ?? ''];
      yield* rest;
    }
    const last = `${pieces.join('')}${decoder.decode()}`;
    if (last !== '') yield last;
  } finally {
    await file.close();
  }
}
