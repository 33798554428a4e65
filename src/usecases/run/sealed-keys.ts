import { createHash } from 'node:crypto';
import type { KrKeys } from '../../model/rule.ts';
import { mapped, type Sequence } from '../../model/sequence.ts';

/** What a shard's report may hold of a KR that not everyone may see: numbers, and hashes to compare. */
export function sealedKeys(keys: KrKeys | null): KrKeys | null {
  if (keys === null || !keys.confidential) return keys;
  const { reference, okrUrl, people } = keys;
  return {
    ...keys,
    reference: reference === null ? null : hashOf(sameReference(reference)),
    okrUrl: okrUrl === null ? null : hashOf(okrUrl),
    people: people.map(hashOf),
  };
}

/**
 * The keys of all shards as one run would have them: where a KR that everyone may see has the same value, the hash is
 * that value again; what only confidential KRs have stays a hash, which is as good for comparing.
 */
export function unsealedKeys(all: Sequence<KrKeys | null>): Sequence<KrKeys | null> {
  if (!isAnyConfidential(all)) return all;
  const known = new Map<string, string>();
  for (const keys of all) {
    if (keys === null || keys.confidential) continue;
    const { reference, okrUrl, people } = keys;
    if (reference !== null) known.set(hashOf(sameReference(reference)), reference);
    if (okrUrl !== null) known.set(hashOf(okrUrl), okrUrl);
    for (const name of people) known.set(hashOf(name), name);
  }
  const plain = (value: string): string => known.get(value) ?? value;
  const unsealed = (keys: KrKeys | null): KrKeys | null => {
    if (keys === null || !keys.confidential) return keys;
    const { reference, okrUrl, people } = keys;
    return {
      ...keys,
      reference: reference === null ? null : plain(reference),
      okrUrl: okrUrl === null ? null : plain(okrUrl),
      people: people.map(plain),
    };
  };
  return mapped(all, unsealed);
}

function isAnyConfidential(all: Sequence<KrKeys | null>): boolean {
  for (const keys of all) if (keys?.confidential === true) return true;
  return false;
}

/** As rules over several KRs compare references. */
const sameReference = (reference: string): string => reference.replace(/\s+/g, ' ').trim().toLowerCase();

function hashOf(text: string): string {
  return `#${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}
