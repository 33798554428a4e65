import { readRegular } from '../files/read.ts';
import { assertCanWrite, writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { createDocumentCache, type DocumentCache } from '../parse/document-cache.ts';
import { createGuardedReader } from '../parse/guarded-reader.ts';
import { quoted } from '../text/visible.ts';

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
  /**
   * Writes the file anew. The cache only saves time, so that it cannot be written spoils no run.
   * @returns why it could not be written; null when it was
   */
  save(): Promise<string | null>;
}

/** What a file of ours begins with, of whatever version, even one that was cut off or damaged further down. */
const ours = /^\{"version":\d/;
const maxBytes = 256 * 1024 * 1024;
/** It holds what people wrote: only its owner may read it. */
const writing = { from: '--cache', mode: 0o600 };

/**
 * Opens the cache file; one that does not exist, or is of another version, counts as empty. A file that was never a
 * cache counts as empty too, and is left as it is: a wrong path must not cost anybody a file.
 * @throws UsageError when the file exists and cannot be read, or cannot be written when the run has ended
 */
export async function openCache(file: string): Promise<KeptCache> {
  const read = await readRegular(file, maxBytes);
  if ('problem' in read && read.problem !== 'absent')
    throw new UsageError(`--cache ${quoted(file)} cannot be read: ${read.words}. Name another file.`);
  await assertCanWrite(file, writing);
  const kept = 'bytes' in read ? read.bytes.toString('utf8') : '';
  const foreign = kept.trim() !== '' && !ours.test(kept);
  const cache = createDocumentCache(foreign ? null : kept);
  return {
    cache,
    async save() {
      if (foreign)
        return `--cache ${quoted(file)} holds something else than a cache, and was left as it is. Name another file, or delete it.`;
      return writeWhole(file, cache.serialise(), writing).then(
        () => null,
        (error: unknown) => {
          if (error instanceof UsageError) return error.message;
          throw error;
        },
      );
    },
  };
}
