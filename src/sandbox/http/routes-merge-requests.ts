import { canReadNote } from '../world/access.ts';
import { noteEntity } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import { createNote, deleteNote, editNote, findNote } from '../world/notes.ts';
import type { Issue, Note, Project, User } from '../world/types.ts';
import { type Call, findProject, ok, pathInteger, requireUser } from './context.ts';
import { slicePage } from './paging.ts';
import { required } from './params.ts';
import type { Reply } from './reply.ts';

/** The comments of merge requests: those of issues, at another address. */
function open(call: Call): { user: User; project: Project; request: Issue } {
  const user = requireUser(call);
  const project = findProject(call);
  const request = project.mergeRequests.get(pathInteger(call, 'merge_request_iid'));
  if (!request) throw errors.notFound();
  return { user, project, request };
}

const entity = (call: Call, request: Issue, note: Note): Record<string, unknown> => ({
  ...noteEntity(call.world, request, note),
  noteable_type: 'MergeRequest',
});

export function listRequestNotes(call: Call): Reply {
  const { user, project, request } = open(call);
  const notes = request.notes.filter((note) => canReadNote(call.world, project, user, note));
  const { rows, headers } = slicePage(call, notes);
  return ok(
    rows.map((note) => entity(call, request, note)),
    headers,
  );
}

export function postRequestNote(call: Call): Reply {
  const { user, project, request } = open(call);
  call.limits.action('notes', user);
  const { note } = createNote(call.world, project, request, user, { body: required(call.params, 'body') });
  return note === null ? { status: 202, body: {} } : { status: 201, body: entity(call, request, note) };
}

export function putRequestNote(call: Call): Reply {
  const { user, project, request } = open(call);
  const found = findNote(call.world, project, user, request, pathInteger(call, 'note_id'));
  const { note } = editNote(call.world, project, request, user, found, required(call.params, 'body'));
  return note === null ? { status: 202, body: {} } : ok(entity(call, request, note));
}

export function removeRequestNote(call: Call): Reply {
  const { user, project, request } = open(call);
  const note = findNote(call.world, project, user, request, pathInteger(call, 'note_id'));
  deleteNote(call.world, project, request, user, note);
  return { status: 204, body: null };
}
