import type { Action, IssueAsRead, Outcome } from '../model/action.ts';
import { GatewayError } from '../model/errors.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueReader, IssueWriter } from '../model/ports.ts';

export type EditAction = Extract<
  Action,
  { type: 'update-due-date' | 'update-assignees' | 'edit-description' }
>;

export interface EditPorts {
  reader: Pick<IssueReader, 'issue' | 'members'>;
  writer: Pick<IssueWriter, 'editIssue'>;
}

export const isEdit = (action: Action): action is EditAction =>
  action.type === 'update-due-date' ||
  action.type === 'update-assignees' ||
  action.type === 'edit-description';

/**
 * Changes the issue itself, only if it still is what was read: it is read again just before. Otherwise nothing is done,
 * and the rest of the plan is left to the next run.
 */
export async function editIssue(
  action: EditAction,
  { projectId, iid }: Pick<Issue, 'projectId' | 'iid'>,
  ports: EditPorts | undefined,
): Promise<Outcome> {
  const { type, detail, read } = action;
  if (ports === undefined) throw new TypeError('nothing was given to change issues with');
  const { reader, writer } = ports;
  const now = await reader.issue(projectId, iid);
  if (!isAsRead(now, read, action))
    return { type, outcome: 'unchanged', detail: `did not ${detail}: the issue was changed meanwhile` };
  if (action.type === 'update-due-date') await writer.editIssue(projectId, iid, { dueDate: action.dueDate });
  else if (action.type === 'edit-description')
    await writer.editIssue(projectId, iid, { description: action.description });
  else
    await writer.editIssue(projectId, iid, { assigneeIds: await idsOf(action.usernames, projectId, reader) });
  return { type, outcome: 'applied', detail };
}

/** Two edits of one plan follow each other: the second finds the text that the first has written. */
function isAsRead(now: Issue, read: IssueAsRead, { type }: EditAction): boolean {
  if (now.state !== 'opened' || now.description !== read.description) return false;
  if (type === 'update-due-date') return now.dueDate === read.dueDate;
  const assignees = now.assignees.map(({ username }) => username);
  return type === 'edit-description' || assignees.join() === read.assignees.join();
}

async function idsOf(
  usernames: readonly string[],
  projectId: number,
  reader: Pick<IssueReader, 'members'>,
): Promise<number[]> {
  const members = await reader.members(projectId);
  return usernames.map((name) => {
    const member = members.find(({ username }) => username.toLowerCase() === name.toLowerCase());
    if (member === undefined) throw new GatewayError('not-found', `${name} is not a member of the project`);
    return member.id;
  });
}
