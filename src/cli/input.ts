import { readNamed } from '../files/read.ts';
import type { Io } from './io.ts';

/**
 * The text of a file, or of standard input for `-`; a byte order mark stays, the reader knows it.
 * @throws UsageError when there is no such file, or it may not be read; see `readNamed`
 */
export async function readInput(file: string, io: Io): Promise<string> {
  if (file === '-') return io.stdin();
  return readNamed(file, { wanted: 'Name a Markdown file, or - for standard input.' });
}
