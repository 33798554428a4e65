import { canReadNote } from '../world/access.ts';
import { noteEntity } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import { createNote, deleteNote, editNote, findNote } from '../world/notes.ts';
import type { Act, Note } from '../world/types.ts';
import { type Call, findProject, ok, pathInteger, requireUser } from './context.ts';
import { okPage } from './paging.ts';
import { required } from './params.ts';
import type { Reply } from './reply.ts';

/** The comments of merge requests: those of issues, at another address. */
function open(call: Call): Act {
  const user = requireUser(call);
  const project = findProject(call);
  const issue = project.mergeRequests.get(pathInteger(call, 'merge_request_iid'));
  if (!issue) throw errors.notFound();
  return { world: call.world, project, issue, user };
}

const entity = ({ world, issue }: Act, note: Note): Record<string, unknown> => ({
  ...noteEntity(world, issue, note),
  noteable_type: 'MergeRequest',
});

export function listRequestNotes(call: Call): Reply {
  const act = open(call);
  const notes = act.issue.notes.filter((note) => canReadNote(call.world, act.project, act.user, note));
  return okPage(call, notes, (note) => entity(act, note));
}

export function postRequestNote(call: Call): Reply {
  const act = open(call);
  call.limits.action('notes', act.user);
  const { note } = createNote(act, { body: required(call.params, 'body') });
  return note === null ? { status: 202, body: {} } : { status: 201, body: entity(act, note) };
}

export function putRequestNote(call: Call): Reply {
  const act = open(call);
  const found = findNote(act, pathInteger(call, 'note_id'));
  const { note } = editNote(act, found, required(call.params, 'body'));
  return note === null ? { status: 202, body: {} } : ok(entity(act, note));
}

export function removeRequestNote(call: Call): Reply {
  const act = open(call);
  deleteNote(act, findNote(act, pathInteger(call, 'note_id')));
  return { status: 204, body: null };
}
