import { GatewayError } from '../model/errors.ts';
import type { Issue, Label, Note } from '../model/issue.ts';
import type { IssueMaker, IssueReader, IssueWriter, LabelChange } from '../model/ports.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import type { Explainer } from './explain.ts';
import type { Envelope } from './requester.ts';
import { issueSchema, noteSchema } from './schema.ts';
import { toIssue, toNote } from './to-model.ts';

/** @param warn is told what people should know although nothing failed */
export function createWriter(
  client: Client,
  reader: IssueReader,
  explainer: Explainer,
  warn: (message: string) => void,
): IssueWriter & IssueMaker {
  return {
    async createIssue(projectId, { title, description }) {
      const envelope = await explainer.inProject(projectId, 'create an issue', () =>
        envelopeOf(client.issues.create(projectId, title, { description })),
      );
      return toIssue(parseOne(issueSchema, envelope));
    },
    async createNote(projectId, iid, body) {
      // The list may be an hour old by now, and a comment on an issue that was moved away would reach no one.
      refuseMoved(await reader.issue(projectId, iid), 'so nothing was written on the closed original');
      const deed = `create a comment on issue #${iid}`;
      return explainer.onIssue(projectId, iid, deed, async () =>
        confirmed(await envelopeOf(client.notes.create(projectId, iid, body)), body, 'created'),
      );
    },
    async updateNote(projectId, iid, noteId, body) {
      const deed = `change our comment on issue #${iid}`;
      return explainer.onIssue(projectId, iid, deed, async () =>
        confirmed(await envelopeOf(client.notes.edit(projectId, iid, noteId, { body })), body, 'changed'),
      );
    },
    async deleteNote(projectId, iid, noteId) {
      try {
        const deed = `delete our comment on issue #${iid}`;
        const { status, route } = await explainer.inProject(projectId, deed, () =>
          envelopeOf(client.notes.remove(projectId, iid, noteId)),
        );
        if (status === 202) throw postponed(route.thing);
      } catch (error) {
        if (!(error instanceof GatewayError && error.code === 'not-found')) throw error;
      }
    },
    async changeLabels(projectId, iid, change) {
      if (change.add.length + change.remove.length === 0) return reader.issue(projectId, iid);
      const stored = spelledAsStored(change, await reader.labels(projectId), warn);
      // Siblings are always removed by name: without a paid tier GitLab keeps both of a scope (docs/gitlab.md §9).
      const edit = {
        ...(stored.add.length > 0 ? { addLabels: stored.add.join(',') } : {}),
        ...(stored.remove.length > 0 ? { removeLabels: stored.remove.join(',') } : {}),
      };
      const deed = `change the labels of issue #${iid}`;
      const envelope = await explainer.inProject(projectId, deed, () =>
        envelopeOf(client.issues.edit(projectId, iid, edit)),
      );
      const issue = toIssue(parseOne(issueSchema, envelope));
      refuseMoved(issue, 'and its labels were changed on the closed original only');
      return checkedLabels(issue, stored);
    },
    async editIssue(projectId, iid, change) {
      const envelope = await explainer.inProject(projectId, `change issue #${iid}`, () =>
        envelopeOf(client.issues.edit(projectId, iid, change)),
      );
      const issue = toIssue(parseOne(issueSchema, envelope));
      refuseMoved(issue, 'and the closed original was changed');
      return issue;
    },
  };
}

function refuseMoved(issue: Issue, consequence: string): void {
  if (issue.movedToId === null) return;
  throw new GatewayError(
    'moved',
    `${issue.ref} was moved to another project meanwhile, ${consequence}. The next run finds it in its new place, if that is among the sources.`,
  );
}

/**
 * What GitLab made of a note. That it acted is certain here, so the outcome of these errors is not `unknown`: it must
 * not be repeated.
 */
export function confirmed(envelope: Envelope, body: string, deed: 'created' | 'changed'): Note {
  const { thing } = envelope.route;
  if (envelope.status === 202) {
    throw new GatewayError(
      'rejected',
      deed === 'created'
        ? `GitLab took ${thing} for quick actions: it carried them out and stored no comment (202). Please report the text of the comment: no line of it should begin with "/".`
        : `GitLab took ${thing} for quick actions: it carried them out and deleted the comment (202). Please report the text of the comment: no line of it should begin with "/".`,
      { status: 202 },
    );
  }
  const note = toNote(parseOne(noteSchema, envelope));
  if (normalised(note.body) !== normalised(body)) {
    throw new GatewayError(
      'rejected',
      `GitLab stored ${thing} with another text than we sent. A line that begins with "/" is carried out as a quick action and cut; please look at the comment and report it.`,
      { status: envelope.status },
    );
  }
  return note;
}

/** To be deleted some day is not deleted: the issue may have two comments of ours until then. */
export function postponed(thing: string): GatewayError {
  return new GatewayError(
    'rejected',
    `GitLab only noted down that ${thing} is to be deleted (202), so it may still be there. The next run looks again.`,
    { status: 202 },
  );
}

/** GitLab drops carriage returns and trailing blanks (docs/gitlab.md §10). */
function normalised(body: string): string {
  return body
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/** Names are case-sensitive: writing `Review` next to `review` would make a second label (docs/gitlab.md §9). */
function spelledAsStored(change: LabelChange, labels: Label[], warn: (message: string) => void): LabelChange {
  const names = new Set(labels.map(({ name }) => name));
  const spell = (wanted: string): string => {
    if (names.has(wanted)) return wanted;
    const found = labels.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (found === undefined) return wanted;
    warn(`The policy says label "${wanted}", GitLab has "${found.name}": GitLab's spelling is used.`);
    return found.name;
  };
  return { add: change.add.map(spell), remove: change.remove.map(spell) };
}

function checkedLabels(issue: Issue, wanted: LabelChange): Issue {
  const missing = wanted.add.filter((name) => !issue.labels.includes(name));
  const left = wanted.remove.filter((name) => issue.labels.includes(name) && !wanted.add.includes(name));
  if (missing.length > 0) {
    throw new GatewayError(
      'rejected',
      `GitLab answered "done" but did not put ${quoted(missing)} on ${issue.ref}: the token's user may not create labels. Create ${missing.length === 1 ? 'the label' : 'the labels'} in the project or its group, or give the bot the Planner role.`,
      { status: 200 },
    );
  }
  if (left.length > 0) {
    throw new GatewayError(
      'rejected',
      `GitLab answered "done" but left ${quoted(left)} on ${issue.ref}. The next run tries again.`,
      { status: 200 },
    );
  }
  return issue;
}

function quoted(names: string[]): string {
  return names.map((name) => `"${name}"`).join(' and ');
}
