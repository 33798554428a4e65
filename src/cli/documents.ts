import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { createDocumentCache } from '../parse/document-cache.ts';
import { createGuardedReader } from '../parse/guarded-reader.ts';

/** Within one run hardly a text comes twice: remembering more is not worth its memory. */
const forgetful = { entries: 100, characters: 1_000_000 };

/** The reader a policy asks for: guarded against texts that take too long. */
export function createDocuments(policy: Policy): AsyncDocumentReader {
  const cache = createDocumentCache(forgetful);
  return createGuardedReader(policy.settings.grammar, policy.settings.calendar, { cache });
}
