import type { Issue, Note, Project, TokenInfo } from '../model/issue.ts';
import type { IssueFilter, IssueReader, IssueSource } from '../model/ports.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { createExplainer, type Explainer } from './explain.ts';
import { listIssues } from './issue-list.ts';
import { type IssueQuery, issueQuery } from './issue-query.ts';
import { addressable, createLookups } from './lookups.ts';
import { type Page, parsePage, readNumberedPages } from './pages.ts';
import { issueSchema, noteSchema, tokenSchema } from './schema.ts';
import { toIssue, toNote, toTokenInfo } from './to-model.ts';

/** A reader, and the explainer that looks things up in the same GitLab. */
export interface ReaderParts {
  reader: IssueReader;
  explainer: Explainer;
}

/** @param learn is told each project that was read, and what it was asked for by */
export function createReader(
  client: Client,
  learn: (project: Project, askedFor: string | number) => void,
): ReaderParts {
  const { currentUser, project, freshProject, members, labels } = createLookups(client, learn);
  const readIssue = async (projectId: number, iid: number): Promise<Issue> =>
    toIssue(parseOne(issueSchema, await envelopeOf(client.issues.show(iid, { projectId }))));
  const explainer = createExplainer(freshProject, readIssue);
  /** Routes of issues take numeric ids only: the old path of a renamed project takes no PUT or POST (FACTS §21). */
  const numericId = async (idOrPath: string | number): Promise<number> =>
    typeof idOrPath === 'number' ? idOrPath : (await project(idOrPath)).id;

  const reader: IssueReader = {
    currentUser,
    project,
    members,
    labels,
    async tokenInfo(): Promise<TokenInfo> {
      return toTokenInfo(parseOne(tokenSchema, await envelopeOf(client.tokens.show())));
    },
    async *issues(source: IssueSource, filter: IssueFilter): AsyncGenerator<Issue> {
      const range = {
        createdAfter: filter.createdAfter ?? null,
        createdBefore: filter.createdBefore ?? null,
      };
      if ('group' in source) {
        const groupId = addressable(source.group);
        const thing = `the issues of group ${groupId}`;
        yield* listIssues(issueQuery(client, { groupId }, filter), { ...range, thing, tryKeyset: false });
        return;
      }
      const projectId = await numericId(source.project);
      const thing = `the issues of project ${source.project}`;
      const ask = issueQuery(client, { projectId }, filter);
      const query: IssueQuery = (position) =>
        explainer.inProject(projectId, `read ${thing}`, () => ask(position));
      yield* listIssues(query, { ...range, thing, tryKeyset: true });
    },
    async issue(idOrPath, iid): Promise<Issue> {
      const projectId = await numericId(idOrPath);
      const deed = `read issue #${iid}`;
      return explainer.inProject(projectId, deed, () => readIssue(projectId, iid));
    },
    async notes(projectId, iid): Promise<Note[]> {
      const ask = (page: number): Promise<Page<Note>> =>
        explainer.inProject(projectId, `read the comments of issue #${iid}`, () =>
          notesPage(client, projectId, iid, page),
        );
      const notes = await readNumberedPages(ask, ({ id }) => id);
      return notes.filter((note) => !note.system);
    },
  };
  return { reader, explainer };
}

async function notesPage(client: Client, projectId: number, iid: number, page: number): Promise<Page<Note>> {
  const query = { sort: 'asc', orderBy: 'created_at', activityFilter: 'only_comments', perPage: 100, page };
  // gitbeaker's types do not know `activityFilter`, and what `page` does to the answer is of no interest here.
  const call = client.notes.all(projectId, iid, query as Parameters<Client['notes']['all']>[2]);
  const result = parsePage(noteSchema, await envelopeOf(call));
  return { ...result, items: result.items.map(toNote) };
}
