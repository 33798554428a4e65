import { DOCUMENT_BYTES, readNamed } from '../files/read.ts';
import type { Io } from './io.ts';

/**
 * The text of a file, or of standard input for `-`; a byte order mark stays, the reader knows it.
 * @throws UsageError when there is no such file, it may not be read, or there is too much; see `readNamed`
 */
export async function readInput(
  file: string,
  io: Pick<Io, 'stdin'>,
  maxBytes: number = DOCUMENT_BYTES,
): Promise<string> {
  if (file === '-') return io.stdin(maxBytes);
  return readNamed(file, { wanted: 'Name a Markdown file, or - for standard input.', maxBytes });
}
