import { issueEntity, timestamp, userBasic } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import type { Notice } from '../world/types.ts';
import { type Call, requireUser } from './context.ts';
import { okPage } from './paging.ts';
import { integer } from './params.ts';
import type { Reply } from './reply.ts';

/** What GitLab calls the reasons of to-dos; the others make none. */
const actions: Partial<Record<Notice['reason'], string>> = {
  mentioned: 'mentioned',
  assigned: 'assigned',
  'own-request': 'marked',
};

/**
 * `GET /todos` (doc/api/todos.md): the pending to-dos of the asker, the latest first; `action` and `project_id` filter.
 * A comment of the asker on an issue marks the to-dos there as done.
 */
export function listTodos(call: Call): Reply {
  const { world, params } = call;
  const user = requireUser(call);
  const action = params.get('action');
  const projectId = integer(params, 'project_id');
  const state = params.get('state') ?? 'pending';
  if (state !== 'pending' && state !== 'done') throw errors.badParameter('state does not have a valid value');
  const rows = world.todos
    .map((todo, index) => ({ todo, index }))
    .filter(({ todo }) => todo.userId === user.id && actions[todo.reason] !== undefined)
    .filter(({ todo }) => action === undefined || actions[todo.reason] === action)
    .filter(({ todo }) => (isDone(todo) ? 'done' : 'pending') === state)
    .flatMap(({ todo, index }) => {
      const issue = world.issues.get(todo.issueId);
      const project = world.projects.get(issue?.projectId ?? -1);
      if (issue === undefined || project === undefined) return [];
      if (projectId !== undefined && projectId !== project.id) return [];
      const note = issue.notes.find(({ id }) => id === todo.noteId);
      const target = issueEntity(world, issue);
      return [
        {
          id: index + 1,
          project: {
            id: project.id,
            name: project.name,
            path: project.path.split('/').at(-1),
            path_with_namespace: project.path,
          },
          author: userBasic(world, note?.authorId ?? issue.authorId),
          action_name: actions[todo.reason],
          target_type: 'Issue',
          target,
          target_url: `${String(target['web_url'])}${note === undefined ? '' : `#note_${note.id}`}`,
          body: note?.body ?? issue.title,
          state,
          created_at: timestamp(world, todo.at),
        },
      ];
    })
    .reverse();
  return okPage(call, rows, (row) => row);

  function isDone({ userId, issueId, at }: Notice): boolean {
    const notes = world.issues.get(issueId)?.notes ?? [];
    return notes.some((note) => note.authorId === userId && Math.max(note.createdAt, note.updatedAt) > at);
  }
}
