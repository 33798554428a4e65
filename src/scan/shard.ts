import { createHash } from 'node:crypto';

/** One of several jobs that share the subjects: `index` counts from 1 to `total`. */
export interface Shard {
  index: number;
  total: number;
}

/** More jobs than GitLab runs in parallel. */
const most = 200;

/** A shard as it is written, `2/5`; null when it is not one. */
export function parseShard(text: string): Shard | null {
  const found = /^(\d{1,3})\/(\d{1,3})$/.exec(text.trim());
  if (found === null) return null;
  const [index, total] = [Number(found[1]), Number(found[2])];
  return index >= 1 && index <= total && total <= most ? { index, total } : null;
}

/**
 * Whether a subject belongs to a shard. Each shard bids for each subject and the highest bid takes it (rendezvous
 * hashing), so that another number of shards moves only those subjects that a new shard wins or a lost one leaves.
 */
export function isOfShard(
  { projectId, iid }: { projectId: number; iid: number },
  { index, total }: Shard,
): boolean {
  if (total === 1) return true;
  const id = `${projectId}#${iid}`;
  const own = bid(id, index);
  for (let other = 1; other <= total; other += 1) {
    if (other === index) continue;
    const theirs = bid(id, other);
    if (theirs > own || (theirs === own && other < index)) return false;
  }
  return true;
}

const bid = (id: string, shard: number): number =>
  createHash('sha1').update(`${shard}/${id}`).digest().readUInt32BE(0);
