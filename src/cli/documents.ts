import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { createDocumentCache, type DocumentCache } from '../parse/document-cache.ts';
import { createGuardedReader } from '../parse/guarded-reader.ts';

/** Within one run hardly a text comes twice: without a file to keep it in, remembering is not worth its memory. */
const forgetful = { entries: 100, characters: 1_000_000 };

/** The reader a policy asks for: guarded against texts that take too long, and remembering what it read. */
export function createDocuments(
  policy: Policy,
  cache: DocumentCache = createDocumentCache(null, forgetful),
): AsyncDocumentReader {
  return createGuardedReader(policy.settings.grammar, policy.settings.calendar, { cache });
}

/** A cache of documents in a file, for the next run; see `--cache`. */
export interface KeptCache {
  cache: DocumentCache;
  save(): Promise<void>;
}

/**
 * Opens the cache file; one that is not there, or is of another version, counts as empty.
 * @throws UsageError when the file is there and cannot be read
 */
export async function openCache(file: string): Promise<KeptCache> {
  let kept: string | null = null;
  try {
    kept = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new UsageError(`--cache "${file}" cannot be read: ${message}`);
  }
  const cache = createDocumentCache(kept);
  return {
    cache,
    async save() {
      await mkdir(path.dirname(path.resolve(file)), { recursive: true });
      // Written beside its name first: a run that is cut off must not leave half a file.
      await writeFile(`${file}.partial`, cache.serialise());
      await rename(`${file}.partial`, file);
    },
  };
}
