import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { removeStale } from '../files/stale.ts';
import { writeWhole } from '../files/write.ts';

/** Good enough for pages, and ten times as fast as the best. */
const brotliQuality = 6;

/**
 * Writes the files of a site, each with what GitLab Pages serves instead where the reader's browser takes it: `.br` and
 * `.gz`. Pages of an earlier build that are no longer part of it go: a KR may have become confidential since.
 * @returns how many files
 */
export async function writeSite(files: ReadonlyMap<string, string>, dir: string): Promise<number> {
  const written = new Set<string>();
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await writeWhole(path.join(dir, ...name.split('/')), content, { from: '--output' });
    written.add(name);
  };
  for (const [name, content] of files) {
    const bytes = Buffer.from(content);
    await write(name, bytes);
    await write(`${name}.gz`, gzipSync(bytes));
    const options = {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    };
    await write(`${name}.br`, brotliCompressSync(bytes, options));
  }
  await removeStale(dir, isPageOfQuarter, written);
  return written.size;
}

/** Only what is named as our pages of quarters are. */
function isPageOfQuarter(folder: string, name: string): boolean {
  return /^fy\d\d-q[1-4]$/.test(folder) && /^(?:index|objective-\d+)\.html(?:\.gz|\.br)?$/.test(name);
}
