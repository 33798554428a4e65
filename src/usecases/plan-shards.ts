import { isOfShard } from '../scan/shard.ts';

/** What a split into this many shards comes to. */
export interface ShardPlan {
  shards: number;
  /** KRs of the largest shard. */
  largest: number;
  /** Requests of the largest shard. */
  requests: number;
  /** Minutes the largest shard takes, alone with the server. */
  workMinutes: number;
  /** Minutes that all shards take together at least, since they share the requests of one token. */
  limitMinutes: number;
}

export interface ShardPlanInput {
  subjects: readonly { projectId: number | null; iid: number | null }[];
  /** Of the night the report tells of, all repeats included. */
  requests: number;
  requestsPerMinute: number;
  /** Requests under way at once in one shard. */
  concurrency: number;
  /** How long the server takes for one request, in milliseconds. */
  latencyMs: number;
}

/** The split of a backlog into each of these numbers of shards, from a report of one night. Pure. */
export function planShards(input: ShardPlanInput, totals: readonly number[]): ShardPlan[] {
  const { subjects, requests, requestsPerMinute, concurrency, latencyMs } = input;
  const share = subjects.length === 0 ? 0 : requests / subjects.length;
  return totals.map((total) => {
    const sizes = Array.from(
      { length: total },
      (_, at) =>
        subjects.filter(({ projectId, iid }) =>
          isOfShard({ projectId: projectId ?? 0, iid: iid ?? 0 }, { index: at + 1, total }),
        ).length,
    );
    const largest = Math.max(0, ...sizes);
    const ofLargest = Math.ceil(largest * share);
    return {
      shards: total,
      largest,
      requests: ofLargest,
      workMinutes: (ofLargest * latencyMs) / concurrency / 60_000,
      limitMinutes: requests / requestsPerMinute,
    };
  });
}

/** The first number of shards beyond which the limit of the token is what counts; null: none of them reaches it. */
export function bottleneck(plans: readonly ShardPlan[]): ShardPlan | null {
  return plans.find(({ workMinutes, limitMinutes }) => limitMinutes >= workMinutes) ?? null;
}
