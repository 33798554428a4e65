import { z } from 'zod';
import { GatewayError } from '../model/errors.ts';
import type { KnownItem } from '../model/plan-folder.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { brokenOff, parsePage } from './pages.ts';
import { webAddress } from './schema.ts';

const workItemSchema = z.object({
  title: z.string(),
  state: z.enum(['opened', 'closed']),
  reference: z.string(),
  web_url: webAddress,
});

/** Only what is used; a name that GitLab does not know would be answered with 400. */
const fields = 'id,iid,title,state,reference,web_url';

/** A longer list is not that of one epic. */
const mostPages = 100;

/**
 * An epic as the work item that it is kept as. The way for a GitLab that has no `/epics` any more; behind the feature
 * flag `work_item_rest_api`, off by default in 19.x (docs/gitlab.md §27).
 */
export async function epicAsWorkItem(
  client: Client,
  group: string | number,
  iid: number,
): Promise<KnownItem> {
  const path = `groups/${encodeURIComponent(String(group))}/-/work_items/${iid}`;
  const item = parseOne(workItemSchema, await get(client, path, { fields }));
  return { state: item.state, title: item.title, url: item.web_url, issues: await children(client, path) };
}

/** gitbeaker has no resource for work items, so its requester is asked by the path. */
function get({ epics }: Client, path: string, query: Record<string, string>): ReturnType<typeof envelopeOf> {
  const answer = epics.requester.get(path, { searchParams: query });
  return envelopeOf(answer.then(({ body }) => body));
}

/** The children the token may read; null: the list cannot be read. Short pages do not end it: the cursor does. */
async function children(client: Client, path: string): Promise<KnownItem['issues']> {
  const found: NonNullable<KnownItem['issues']> = [];
  let query: Record<string, string> = { fields, per_page: '100' };
  try {
    for (let page = 1; page <= mostPages; page += 1) {
      const { items, next, problem, thing } = parsePage(
        workItemSchema,
        await get(client, `${path}/children`, query).catch((error: unknown) => {
          throw brokenOff(error, page, path);
        }),
      );
      if (problem !== null) throw new GatewayError('unexpected-response', problem);
      for (const { reference: ref, title, web_url: url, state } of items)
        found.push({ ref, title, url, state });
      const cursor = next?.get('cursor') ?? null;
      if (cursor === null) return found;
      if (cursor === query['cursor'])
        throw new GatewayError('incomplete-list', `The list of ${thing} goes round in a circle.`);
      query = { ...query, cursor };
    }
    return null;
  } catch (error) {
    if (error instanceof GatewayError && !error.fatal) return null;
    throw error;
  }
}
