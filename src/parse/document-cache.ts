import { createHash } from 'node:crypto';

/** Goes up whenever the same text would be read differently, so that documents kept by an older version are not used. */
export const readerVersion = 11;

/** Keeps what was read, by a hash of everything the reading depends on. Least recently used entries go first. */
export interface DocumentCache {
  get(key: string): string | undefined;
  set(key: string, document: string): void;
  /** Takes out what is there under the key, if anything. */
  forget(key: string): void;
  readonly size: number;
}

export interface CacheLimits {
  entries: number;
  /** Characters of all documents together. */
  characters: number;
}

const defaultLimits: CacheLimits = { entries: 20_000, characters: 50_000_000 };

export function createDocumentCache(limits: CacheLimits = defaultLimits): DocumentCache {
  const documents = new Map<string, string>();
  let characters = 0;
  const drop = (key: string): void => {
    characters -= documents.get(key)?.length ?? 0;
    documents.delete(key);
  };
  const cache: DocumentCache = {
    get(key) {
      const document = documents.get(key);
      if (document === undefined) return undefined;
      documents.delete(key);
      documents.set(key, document);
      return document;
    },
    set(key, document) {
      if (document.length > limits.characters) return;
      drop(key);
      documents.set(key, document);
      characters += document.length;
      for (const oldest of documents.keys()) {
        if (documents.size <= limits.entries && characters <= limits.characters) break;
        drop(oldest);
      }
    },
    forget: drop,
    get size() {
      return documents.size;
    },
  };
  return cache;
}

/** A key for all that a reading depends on. */
export function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}
