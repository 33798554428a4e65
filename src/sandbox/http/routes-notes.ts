import { canReadNote, canResolve, requireCommenting } from '../world/access.ts';
import { awardEntity, noteEntity } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import {
  createNote,
  deleteNote,
  discussionStart,
  editNote,
  findNote,
  type NewNote,
  type NoteResult,
} from '../world/notes.ts';
import type { Act, Note } from '../world/types.ts';
import { type Call, findIssue, ok, pathInteger, requireUser } from './context.ts';
import { notModifiedOr } from './etag.ts';
import { offsetHeaders, okPage, pageOf } from './paging.ts';
import { boolean, instant, oneOf, required, text } from './params.ts';
import type { Reply } from './reply.ts';

/** The notes routes always need a token, even for public issues. */
function open(call: Call): Act {
  const user = requireUser(call);
  return { world: call.world, user, ...findIssue(call) };
}

function openNote(call: Call): { act: Act; note: Note } {
  const act = open(call);
  return { act, note: findNote(act, pathInteger(call, 'note_id')) };
}

/** The note that is asked for, counted against the limit of the asker. */
function newNote({ params, limits, actor }: Call): NewNote {
  const createdAt = instant(params, 'created_at');
  const note: NewNote = {
    body: required(params, 'body'),
    internal: boolean(params, 'internal') ?? boolean(params, 'confidential') ?? false,
    ...(createdAt === undefined ? {} : { createdAt }),
  };
  limits.action('notes', actor.user);
  return note;
}

/**
 * `GET …/notes`. Unreadable notes are dropped after the page is cut, so that a page can be short although more follow,
 * and the totals count them (lib/api/notes.rb).
 */
export function listNotes(call: Call): Reply {
  const { user, project, issue } = open(call);
  const order = oneOf(call.params, 'order_by', ['created_at', 'updated_at']) ?? 'created_at';
  const sort = oneOf(call.params, 'sort', ['asc', 'desc']) ?? 'desc';
  const filter =
    oneOf(call.params, 'activity_filter', ['all_notes', 'only_comments', 'only_activity']) ?? 'all_notes';
  const page = pageOf(call);
  const sign = sort === 'asc' ? 1 : -1;
  const at = (note: Note) => (order === 'created_at' ? note.createdAt : note.updatedAt);
  const notes = issue.notes
    .filter((note) => filter === 'all_notes' || note.system === (filter === 'only_activity'))
    .sort((a, b) => (at(a) - at(b) || a.id - b.id) * sign);
  const body = notes
    .slice((page.number - 1) * page.size, page.number * page.size)
    .filter((note) => canReadNote(call.world, project, user, note))
    .map((note) => noteEntity(call.world, issue, note));
  return notModifiedOr(call, body, offsetHeaders(call, page, notes.length));
}

export function getNote(call: Call): Reply {
  const { act, note } = openNote(call);
  return ok(noteEntity(call.world, act.issue, note));
}

function answer({ world, issue }: Act, { note, commands }: NoteResult, status: number): Reply {
  if (!note) return { status: 202, body: { commands_changes: commands.changes, summary: commands.summary } };
  return { status, body: noteEntity(world, issue, note, commands.changes) };
}

export function postNote(call: Call): Reply {
  const act = open(call);
  return answer(act, createNote(act, newNote(call)), 201);
}

export function putNote(call: Call): Reply {
  const { act, note } = openNote(call);
  return answer(act, editNote(act, note, required(call.params, 'body')), 200);
}

/** `If-Unmodified-Since` is honoured here, and here only: 412. */
export function removeNote(call: Call): Reply {
  const { act, note } = openNote(call);
  const since = Date.parse(call.header('if-unmodified-since') ?? '');
  if (!Number.isNaN(since) && note.updatedAt > since + 999) {
    return { status: 412, body: { message: '412 Precondition Failed' } };
  }
  deleteNote(act, note);
  return { status: 204, body: null };
}

function discussion({ world, project, issue, user }: Act, id: string): Record<string, unknown> {
  const notes = issue.notes
    .filter((note) => note.discussionId === id && canReadNote(world, project, user, note))
    .map((note) => noteEntity(world, issue, note));
  const start = discussionStart(issue, id);
  return { id, individual_note: start.type === null, notes };
}

export function listDiscussions(call: Call): Reply {
  const act = open(call);
  const readable = act.issue.notes.filter((note) => canReadNote(call.world, act.project, act.user, note));
  const ids = [...new Set(readable.map((note) => note.discussionId))];
  return okPage(call, ids, (id) => discussion(act, id));
}

export function getDiscussion(call: Call): Reply {
  return ok(discussion(open(call), call.path('discussion_id')));
}

export function postDiscussion(call: Call): Reply {
  const act = open(call);
  const result = createNote(act, { ...newNote(call), thread: true });
  if (!result.note) return answer(act, result, 201);
  return { status: 201, body: discussion(act, result.note.discussionId) };
}

export function postReply(call: Call): Reply {
  const act = open(call);
  const { discussionId } = discussionStart(act.issue, call.path('discussion_id'));
  return answer(act, createNote(act, { ...newNote(call), discussionId }), 201);
}

function resolve(act: Act, notes: Note[], resolved: boolean): void {
  requireCommenting(act);
  if (!canResolve(act)) throw errors.forbidden();
  const now = act.world.clock.now().getTime();
  for (const note of notes) {
    note.resolvedAt = resolved ? now : null;
    note.resolvedById = resolved ? act.user.id : null;
    // Resolving moves the note's own `updated_at`, edit or no edit.
    note.updatedAt = now;
  }
}

export function putDiscussion(call: Call): Reply {
  const act = open(call);
  const start = discussionStart(act.issue, call.path('discussion_id'));
  const resolved = boolean(call.params, 'resolved');
  if (resolved === undefined) throw errors.badParameter('resolved is missing');
  if (start.type === null) throw errors.forbidden();
  const thread = act.issue.notes.filter((note) => note.discussionId === start.discussionId);
  resolve(act, thread, resolved);
  return ok(discussion(act, start.discussionId));
}

/** Exactly one of `body` and `resolved`. */
export function putReply(call: Call): Reply {
  const { act, note } = openNote(call);
  if (note.discussionId !== call.path('discussion_id')) throw errors.notFound('Note');
  const resolved = boolean(call.params, 'resolved');
  const body = text(call.params, 'body');
  if ((resolved === undefined) === (body === undefined)) {
    throw errors.badParameter(
      resolved === undefined
        ? 'body, resolved are missing, exactly one parameter must be provided'
        : 'body, resolved are mutually exclusive',
    );
  }
  if (body !== undefined) return answer(act, editNote(act, note, body), 200);
  if (note.type === null) throw errors.badRequest('Note is not resolvable');
  resolve(act, [note], resolved === true);
  return ok(noteEntity(call.world, act.issue, note));
}

export function listAwards(call: Call): Reply {
  const { note } = openNote(call);
  return okPage(call, note.awards, (award) => awardEntity(call.world, award, note.id));
}

export function postAward(call: Call): Reply {
  const { act, note } = openNote(call);
  const { world, user } = act;
  const name = required(call.params, 'name');
  requireCommenting(act);
  if (note.awards.some((award) => award.name === name && award.userId === user.id)) {
    throw errors.notFound('Award Emoji Name has already been taken');
  }
  const award = { id: world.nextId++, name, userId: user.id, createdAt: world.clock.now().getTime() };
  note.awards.push(award);
  return { status: 201, body: awardEntity(world, award, note.id) };
}

export function removeAward(call: Call): Reply {
  const { act, note } = openNote(call);
  const id = pathInteger(call, 'award_id');
  const award = note.awards.find((candidate) => candidate.id === id);
  if (!award) throw errors.notFound('Award Emoji');
  if (award.userId !== act.user.id && !act.user.admin) throw errors.unauthorized();
  note.awards.splice(note.awards.indexOf(award), 1);
  return { status: 204, body: null };
}
