import pLimit from 'p-limit';
import { GatewayError } from '../../model/errors.ts';
import { itemKey, type KnownItem, type PlanItem } from '../../model/plan-folder.ts';
import type { PlanItemReader } from '../../model/ports.ts';
import type { LonePage } from '../../plans/page.ts';
import type { LookUp } from './lint-folder.ts';

export interface LookUpOptions {
  reader: PlanItemReader;
  /** Address of the GitLab that is asked. */
  gitlabUrl: string;
  /** The group of the repository, for `&12`; null: not known. */
  group: string | null;
  concurrency: number;
}

/**
 * Looks up the epic or issue of each plan, several at once, each once.
 * @throws GatewayError when no request can succeed: wrong token, missing scope
 */
export function itemLookUp(options: LookUpOptions): LookUp {
  return async (pages: readonly LonePage[]) => {
    const wanted = new Map<string, PlanItem>();
    for (const { role, item } of pages) {
      if (role === 'plan' && item !== null) wanted.set(itemKey(item), item);
    }
    const limit = pLimit(options.concurrency);
    const found = await Promise.all(
      [...wanted].map(([key, item]) => limit(async () => [key, await lookUpOne(item, options)] as const)),
    );
    return new Map(found);
  };
}

async function lookUpOne(
  { type, parent, iid, origin }: PlanItem,
  { reader, gitlabUrl, group }: LookUpOptions,
): Promise<KnownItem | { unknown: string }> {
  if (origin !== null && origin !== gitlabUrl.toLowerCase()) {
    return { unknown: `It is on ${origin}, and ${gitlabUrl} is asked.` };
  }
  const owner = parent ?? (type === 'epic' ? group : null);
  if (owner === null) return { unknown: 'It names no group; write it with its group, as group&12.' };
  try {
    return await (type === 'epic' ? reader.epic(owner, iid) : reader.issue(owner, iid));
  } catch (error) {
    if (error instanceof GatewayError && !error.fatal) return { unknown: error.message };
    throw error;
  }
}
