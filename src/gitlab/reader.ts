import type { Activity, Reaction } from '../model/activity.ts';
import type { Issue, Note, Project, TokenInfo } from '../model/issue.ts';
import type { IssueFilter, IssueReader, IssueSource } from '../model/ports.ts';
import { createEventReader, notesPage, readReactions } from './activity.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { createExplainer, type Explainer } from './explain.ts';
import { listIssues } from './issue-list.ts';
import { type IssueQuery, issueQuery } from './issue-query.ts';
import { addressable, createLookups } from './lookups.ts';
import { type Page, readNumberedPages } from './pages.ts';
import { issueSchema, tokenSchema } from './schema.ts';
import { toIssue, toTokenInfo } from './to-model.ts';

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
  const { currentUser, project, freshProject, projectPage, members, labels } = createLookups(client, learn);
  const readIssue = async (projectId: number, iid: number): Promise<Issue> =>
    toIssue(parseOne(issueSchema, await envelopeOf(client.issues.show(iid, { projectId }))));
  const explainer = createExplainer(freshProject, readIssue);
  /** Routes of issues take numeric ids only: the old path of a renamed project takes no PUT or POST (docs/gitlab.md §21). */
  const numericId = async (idOrPath: string | number): Promise<number> =>
    typeof idOrPath === 'number' ? idOrPath : (await project(idOrPath)).id;
  const events = createEventReader(client);
  const allNotes = (where: Parameters<typeof notesPage>[1]): Promise<Note[]> => {
    const deed = `read the comments of issue #${where.iid}`;
    const ask = (page: number): Promise<Page<Note>> =>
      explainer.inProject(where.projectId, deed, () => notesPage(client, where, page));
    return readNumberedPages(ask, ({ id }) => id);
  };

  const reader: IssueReader = {
    currentUser,
    project,
    members,
    labels,
    async *projectsOf(group) {
      for (let page = 1, isLast = false; !isLast; page += 1) {
        const { items, next } = await projectPage(group, page);
        yield items;
        isLast = next === null;
      }
    },
    async tokenInfo(): Promise<TokenInfo> {
      return toTokenInfo(parseOne(tokenSchema, await envelopeOf(client.tokens.show())));
    },
    issues(source: IssueSource, filter: IssueFilter): AsyncGenerator<Issue> {
      const range = {
        createdAfter: filter.createdAfter ?? null,
        createdBefore: filter.createdBefore ?? null,
      };
      if ('group' in source) {
        const groupId = addressable(source.group);
        const thing = `the issues of group ${groupId}`;
        return listIssues(issueQuery(client, { groupId }, filter), { ...range, thing, tryKeyset: false });
      }
      const thing = `the issues of project ${source.project}`;
      const query: IssueQuery = async (position) => {
        const projectId = await numericId(source.project);
        const ask = issueQuery(client, { projectId }, filter);
        return explainer.inProject(projectId, `read ${thing}`, () => ask(position));
      };
      return listIssues(query, { ...range, thing, tryKeyset: true });
    },
    async issue(idOrPath, iid): Promise<Issue> {
      const projectId = await numericId(idOrPath);
      const deed = `read issue #${iid}`;
      return explainer.inProject(projectId, deed, () => readIssue(projectId, iid));
    },
    async notes(projectId, iid): Promise<Note[]> {
      const notes = await allNotes({ projectId, iid, filter: 'only_comments' });
      return notes.filter((note) => !note.system);
    },
    async activity(projectId, iid): Promise<Activity> {
      const notes = await allNotes({ projectId, iid, filter: 'all_notes' });
      return {
        comments: notes.filter((note) => !note.system),
        systemNotes: notes.filter((note) => note.system),
        ...(await events.read(projectId, iid)),
      };
    },
    reactions(projectId, iid, noteId): Promise<Reaction[]> {
      const deed = `read the reactions to comment ${noteId} of issue #${iid}`;
      return explainer.inProject(projectId, deed, () => readReactions(client, { projectId, iid, noteId }));
    },
  };
  return { reader, explainer };
}
