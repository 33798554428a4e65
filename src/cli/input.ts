import { readFile } from 'node:fs/promises';
import { UsageError } from '../model/errors.ts';
import type { Io } from './io.ts';

/**
 * The text of a file, or of standard input for `-`; a byte order mark stays, the reader knows it.
 * @throws UsageError when there is no such file, or it cannot be read
 */
export async function readInput(file: string, io: Io): Promise<string> {
  if (file === '-') return io.stdin();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code})`;
    throw new UsageError(`"${file}": ${why}. Name a Markdown file, or - for standard input.`);
  }
}
