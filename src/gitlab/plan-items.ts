import { GatewayError } from '../model/errors.ts';
import type { KnownItem } from '../model/plan-folder.ts';
import type { IssueReader, PlanItemReader } from '../model/ports.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { addressable } from './lookups.ts';
import { parsePage, readNumberedPages } from './pages.ts';
import { childIssueSchema, epicSchema } from './schema.ts';

type Issues = KnownItem['issues'];

/** Epics over REST (deprecated since 17.0, still there: docs/gitlab.md §27), and issues in their place. */
export function createPlanItemReader(client: Client, reader: IssueReader): PlanItemReader {
  return {
    async epic(group, iid) {
      const groupId = addressable(group);
      const epic = parseOne(epicSchema, await envelopeOf(client.epics.show(groupId, iid)));
      const issues = await orNull(() =>
        childIssues(async (page) => envelopeOf(client.epicIssues.all(groupId, iid, { perPage: 100, page }))),
      );
      return { state: epic.state, title: epic.title, url: epic.web_url, issues };
    },
    async issue(project, iid) {
      const { projectId, state, title, url } = await reader.issue(project, iid);
      const issues = await orNull(() =>
        childIssues(async () => envelopeOf(client.issueLinks.all(projectId, iid))),
      );
      return { state, title, url, issues };
    },
  };
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
