import { canReadNote, canResolve, requireCommenting } from '../world/access.ts';
import { awardEntity, noteEntity } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import {
  createNote,
  deleteNote,
  discussionStart,
  editNote,
  findNote,
  type NoteResult,
} from '../world/notes.ts';
import type { Issue, Note, Project, User } from '../world/types.ts';
import { type Call, findIssue, ok, pathInteger, requireUser } from './context.ts';
import { notModifiedOr } from './etag.ts';
import { offsetHeaders, pageOf, slicePage } from './paging.ts';
import { boolean, instant, oneOf, required, text } from './params.ts';
import type { Reply } from './reply.ts';

/** The notes routes always need a token, even for public issues. */
function open(call: Call): { user: User; project: Project; issue: Issue } {
  const user = requireUser(call);
  return { user, ...findIssue(call) };
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
  const { user, project, issue } = open(call);
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
  return ok(noteEntity(call.world, issue, note));
}

function answer(call: Call, issue: Issue, result: NoteResult, status: number): Reply {
  const { note, commands } = result;
  if (!note) return { status: 202, body: { commands_changes: commands.changes, summary: commands.summary } };
  return { status, body: noteEntity(call.world, issue, note, commands.changes) };
}

function asked(call: Call): { body: string; internal: boolean; createdAt?: number } {
  const createdAt = instant(call.params, 'created_at');
  return {
    body: required(call.params, 'body'),
    internal: boolean(call.params, 'internal') ?? boolean(call.params, 'confidential') ?? false,
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

export function postNote(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = asked(call);
  call.limits.action('notes', user);
  return answer(call, issue, createNote(call.world, project, issue, user, note), 201);
}

export function putNote(call: Call): Reply {
  const { user, project, issue } = open(call);
  const body = text(call.params, 'body');
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
  if (body === undefined) throw errors.badParameter('body is missing');
  return answer(call, issue, editNote(call.world, project, issue, user, note, body), 200);
}

/** `If-Unmodified-Since` is honoured here, and here only: 412. */
export function removeNote(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
  const since = Date.parse(call.header('if-unmodified-since') ?? '');
  if (!Number.isNaN(since) && note.updatedAt > since + 999) {
    return { status: 412, body: { message: '412 Precondition Failed' } };
  }
  deleteNote(call.world, project, issue, user, note);
  return { status: 204, body: null };
}

function discussion(
  call: Call,
  project: Project,
  user: User,
  issue: Issue,
  id: string,
): Record<string, unknown> {
  const notes = issue.notes
    .filter((note) => note.discussionId === id && canReadNote(call.world, project, user, note))
    .map((note) => noteEntity(call.world, issue, note));
  const start = discussionStart(issue, id);
  return { id, individual_note: start.type === null, notes };
}

export function listDiscussions(call: Call): Reply {
  const { user, project, issue } = open(call);
  const readable = issue.notes.filter((note) => canReadNote(call.world, project, user, note));
  const ids = [...new Set(readable.map((note) => note.discussionId))];
  const { rows, headers } = slicePage(call, ids);
  return ok(
    rows.map((id) => discussion(call, project, user, issue, id)),
    headers,
  );
}

export function getDiscussion(call: Call): Reply {
  const { user, project, issue } = open(call);
  return ok(discussion(call, project, user, issue, call.path('discussion_id')));
}

export function postDiscussion(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = asked(call);
  call.limits.action('notes', user);
  const result = createNote(call.world, project, issue, user, { ...note, thread: true });
  if (!result.note) return answer(call, issue, result, 201);
  return { status: 201, body: discussion(call, project, user, issue, result.note.discussionId) };
}

export function postReply(call: Call): Reply {
  const { user, project, issue } = open(call);
  const start = discussionStart(issue, call.path('discussion_id'));
  const note = asked(call);
  call.limits.action('notes', user);
  const result = createNote(call.world, project, issue, user, { ...note, discussionId: start.discussionId });
  return answer(call, issue, result, 201);
}

function resolve(
  call: Call,
  project: Project,
  user: User,
  issue: Issue,
  notes: Note[],
  resolved: boolean,
): void {
  requireCommenting(call.world, project, user, issue);
  if (!canResolve(call.world, project, user, issue)) throw errors.forbidden();
  const now = call.world.clock.now().getTime();
  for (const note of notes) {
    note.resolvedAt = resolved ? now : null;
    note.resolvedById = resolved ? user.id : null;
    // Resolving moves the note's own `updated_at`, edit or no edit.
    note.updatedAt = now;
  }
}

export function putDiscussion(call: Call): Reply {
  const { user, project, issue } = open(call);
  const start = discussionStart(issue, call.path('discussion_id'));
  const resolved = boolean(call.params, 'resolved');
  if (resolved === undefined) throw errors.badParameter('resolved is missing');
  if (start.type === null) throw errors.forbidden();
  const thread = issue.notes.filter((note) => note.discussionId === start.discussionId);
  resolve(call, project, user, issue, thread, resolved);
  return ok(discussion(call, project, user, issue, start.discussionId));
}

/** Exactly one of `body` and `resolved`. */
export function putReply(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
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
  if (body !== undefined) {
    return answer(call, issue, editNote(call.world, project, issue, user, note, body), 200);
  }
  if (note.type === null) throw errors.badRequest('Note is not resolvable');
  resolve(call, project, user, issue, [note], resolved === true);
  return ok(noteEntity(call.world, issue, note));
}

export function listAwards(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
  const { rows, headers } = slicePage(call, note.awards);
  return ok(
    rows.map((award) => awardEntity(call.world, award, note.id)),
    headers,
  );
}

export function postAward(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
  const name = required(call.params, 'name');
  requireCommenting(call.world, project, user, issue);
  if (note.awards.some((award) => award.name === name && award.userId === user.id)) {
    throw errors.notFound('Award Emoji Name has already been taken');
  }
  const award = {
    id: call.world.nextId++,
    name,
    userId: user.id,
    createdAt: call.world.clock.now().getTime(),
  };
  note.awards.push(award);
  return { status: 201, body: awardEntity(call.world, award, note.id) };
}

export function removeAward(call: Call): Reply {
  const { user, project, issue } = open(call);
  const note = findNote(call.world, project, user, issue, pathInteger(call, 'note_id'));
  const id = pathInteger(call, 'award_id');
  const at = note.awards.findIndex((award) => award.id === id);
  const award = note.awards[at];
  if (!award) throw errors.notFound('Award Emoji');
  if (award.userId !== user.id && !user.admin) throw errors.unauthorized();
  note.awards.splice(at, 1);
  return { status: 204, body: null };
}
