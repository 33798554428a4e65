import { accessLevels } from '../roles.ts';
import { accessLevel, canReadNote, requireCommenting, requireNoteAdmin } from './access.ts';
import { errors } from './errors.ts';
import { notifyEditedNote, notifyNewNote } from './notify.ts';
import { extractCommands } from './quick-actions.ts';
import type { CommandResult } from './run-commands.ts';
import { refuseSpam } from './spam.ts';
import { appendNote, crossReference, touch } from './system-notes.ts';
import type { Act, Issue, Note, Project, World } from './types.ts';
import { applyCommands } from './update-issue.ts';

/** A stored note, or null where the text was commands only; with what the commands did. */
export interface NoteResult {
  note: Note | null;
  commands: CommandResult;
}

export interface NewNote {
  body: string;
  internal?: boolean;
  createdAt?: number;
  /** The note starts a thread. */
  thread?: boolean;
  /** The note replies within this discussion. */
  discussionId?: string;
}

/** Creates a comment with the rights of `user`: quick actions run and are cut out, people are notified. */
export function createNote(act: Act, asked: NewNote): NoteResult {
  const { world, project, issue, user } = act;
  requireCommenting(act);
  requireBody(world, project, asked.body);
  const first = asked.discussionId ? discussionStart(issue, asked.discussionId) : undefined;
  const internal = first?.internal ?? asked.internal ?? false;
  if (internal && !first && accessLevel(world, project, user) < accessLevels.planner)
    throw errors.forbidden();
  if (issue.notes.length >= world.settings.maxNotesPerIssue) {
    throw errors.badNote('base', `Maximum number of comments exceeded`);
  }
  const { text, commands } = extractCommands(asked.body);
  if (text === '') {
    const result = applyCommands(act, commands);
    if (result.summary.length === 0)
      throw errors.badRequest(result.failures.join(', ') || 'Failed to apply commands.');
    return { note: null, commands: result };
  }
  const mayDate = accessLevel(world, project, user) >= accessLevels.owner;
  const at = asked.createdAt !== undefined && mayDate ? asked.createdAt : world.clock.now().getTime();
  if (first && first.type === null) first.type = 'DiscussionNote';
  const note = appendNote(world, issue, {
    body: text,
    authorId: user.id,
    internal,
    createdAt: at,
    updatedAt: at,
    type: asked.thread || first ? 'DiscussionNote' : null,
    ...(first ? { discussionId: first.discussionId } : {}),
  });
  notifyNewNote(act, note);
  crossReference(act, text);
  return { note, commands: applyCommands(act, commands) };
}

/**
 * Edits a comment. Quick actions run here too, and a text that is commands only deletes the note: with 202 when one
 * took effect, with 400 when none did (app/services/notes/update_service.rb).
 */
export function editNote(act: Act, note: Note, body: string): NoteResult {
  const { world, project, issue } = act;
  requireNoteAdmin(act, note);
  requireBody(world, project, body);
  const { text, commands } = extractCommands(body);
  if (text === '') {
    removeNote(issue, note);
    const result = applyCommands(act, commands);
    if (result.summary.length === 0)
      throw errors.badRequest(result.failures.join(', ') || 'Commands did not apply');
    return { note: null, commands: result };
  }
  const before = note.body;
  note.body = text;
  if (before !== text) {
    note.updatedAt = world.clock.now().getTime();
    crossReference(act, text);
    notifyEditedNote(act, note, before);
  }
  touch(world, issue);
  return { note, commands: applyCommands(act, commands) };
}

export function deleteNote(act: Act, note: Note): void {
  requireNoteAdmin(act, note);
  removeNote(act.issue, note);
}

export function removeNote(issue: Issue, note: Note): void {
  issue.notes.splice(issue.notes.indexOf(note), 1);
  if (!note.system) issue.userNotesCount -= 1;
}

export function findNote({ world, project, issue, user }: Act, noteId: number): Note {
  const note = issue.notes.find((candidate) => candidate.id === noteId);
  if (!note || !canReadNote(world, project, user, note)) throw errors.notFound('Note');
  return note;
}

export function discussionStart(issue: Issue, discussionId: string): Note {
  const start = issue.notes.find((note) => note.discussionId === discussionId);
  if (!start) throw errors.notFound('Discussion');
  return start;
}

function requireBody(world: World, project: Project, body: string): void {
  if (body.trim() === '') throw errors.badNote('note', "can't be blank");
  if (body.length > world.settings.maxNoteLength) {
    throw errors.badNote('note', `is too long (maximum is ${world.settings.maxNoteLength} characters)`);
  }
  refuseSpam(world, project, body);
}
