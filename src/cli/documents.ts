import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { UsageError } from '../model/errors.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { createDocumentCache, type DocumentCache } from '../parse/document-cache.ts';
import { createGuardedReader } from '../parse/guarded-reader.ts';
import { assertCanMake, onNamedPath, partialOf, quoted } from './files.ts';

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

/**
 * Opens the cache file; one that is not there, or is of another version, counts as empty.
 * @throws UsageError when the file is there and cannot be read, or cannot be written when the run has ended
 */
export async function openCache(file: string): Promise<KeptCache> {
  let kept: string | null = null;
  try {
    kept = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new UsageError(`--cache ${quoted(file)} cannot be read: ${message}`);
  }
  await assertCanMake(file, '--cache');
  const cache = createDocumentCache(kept);
  return {
    cache,
    async save() {
      // Written beside its name first: a run that is cut off must not leave half a file.
      const write = async () => {
        await rm(partialOf(file), { force: true });
        // It holds what people wrote: not for the eyes of everybody on the machine.
        await writeFile(partialOf(file), cache.serialise(), { mode: 0o600, flag: 'wx' });
        await rename(partialOf(file), file);
        return null;
      };
      return onNamedPath(file, '--cache', write).catch((error: unknown) => {
        if (error instanceof UsageError) return error.message;
        throw error;
      });
    },
  };
}
