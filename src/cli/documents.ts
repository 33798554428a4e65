import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { createDocumentCache } from '../parse/document-cache.ts';
import { createGuardedReader } from '../parse/guarded-reader.ts';

const few = { entries: 100, characters: 1_000_000 };

/**
 * The reader a policy asks for: guarded against texts that take too long.
 * @param keep whether the last texts are remembered. In a run over a backlog hardly one comes twice, and a copy of
 *   each document costs more than it saves.
 */
export function createDocuments(policy: Policy, keep: 'few' | 'none' = 'few'): AsyncDocumentReader {
  const cache = keep === 'few' ? createDocumentCache(few) : null;
  return createGuardedReader(policy.settings.grammar, policy.settings.calendar, { cache });
}
