import { GatewayError } from '../model/errors.ts';
import { type KnownItem, promotedTo } from '../model/plan-folder.ts';
import type { IssueReader, PlanItemReader } from '../model/ports.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { addressable } from './lookups.ts';
import { parsePage, readNumberedPages } from './pages.ts';
import { childIssueSchema, epicSchema } from './schema.ts';
import { epicAsWorkItem } from './work-items.ts';

type Issues = KnownItem['issues'];

/**
 * Epics over REST (deprecated since 17.0, still there), else as work items (docs/gitlab.md §27); and issues in their
 * place.
 */
export function createPlanItemReader(client: Client, reader: IssueReader): PlanItemReader {
  return {
    async epic(group, iid) {
      const groupId = addressable(group);
      try {
        return await restEpic(client, groupId, iid);
      } catch (error) {
        if (!(error instanceof GatewayError) || error.fatal) throw error;
        // What the first way said is what is told: the second one is off on most servers.
        return epicAsWorkItem(client, groupId, iid).catch((second: unknown) => {
          throw second instanceof GatewayError && !second.fatal ? error : second;
        });
      }
    },
    async issue(project, iid) {
      const { projectId, state, title, url } = await reader.issue(project, iid);
      const issues = await orNull(() =>
        childIssues(async () => envelopeOf(client.issueLinks.all(projectId, iid))),
      );
      const promotedTo = state === 'closed' ? await promotion(reader, projectId, iid) : null;
      return { state, title, url, issues, ...(promotedTo === null ? {} : { promotedTo }) };
    },
  };
}

async function restEpic(client: Client, groupId: string | number, iid: number): Promise<KnownItem> {
  const epic = parseOne(epicSchema, await envelopeOf(client.epics.show(groupId, iid)));
  const issues = await orNull(() =>
    childIssues(async (page) => envelopeOf(client.epicIssues.all(groupId, iid, { perPage: 100, page }))),
  );
  return { state: epic.state, title: epic.title, url: epic.web_url, issues };
}

/** `/promote` closes the issue and leaves a note that names the epic (docs/gitlab.md §27); null: it was not promoted. */
async function promotion(reader: IssueReader, projectId: number, iid: number): Promise<string | null> {
  try {
    const { systemNotes } = await reader.activity(projectId, iid);
    return systemNotes.reduce<string | null>((last, { body }) => promotedTo(body) ?? last, null);
  } catch (error) {
    if (error instanceof GatewayError && !error.fatal) return null;
    throw error;
  }
}

function childIssues(
  fetchPage: (page: number) => ReturnType<typeof envelopeOf>,
): Promise<NonNullable<Issues>> {
  return readNumberedPages(
    async (page) => {
      const result = parsePage(childIssueSchema, await fetchPage(page));
      return {
        ...result,
        items: result.items.map(({ references, title, web_url: url, state }) => ({
          ref: references.full,
          title,
          url,
          state,
        })),
      };
    },
    ({ ref }) => ref,
  );
}

/** Issues that may not be read are not none: null. */
async function orNull(read: () => Promise<NonNullable<Issues>>): Promise<Issues> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GatewayError && !error.fatal) return null;
    throw error;
  }
}
