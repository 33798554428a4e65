import type { z } from 'zod';
import type { LabelEvent, Reaction, StateEvent } from '../model/activity.ts';
import type { Issue, Label, Member, Note, Project, TokenInfo, User } from '../model/issue.ts';
import type {
  issueSchema,
  labelEventSchema,
  labelSchema,
  memberSchema,
  noteSchema,
  projectSchema,
  reactionSchema,
  stateEventSchema,
  tokenSchema,
  userSchema,
} from './schema.ts';

/** Pure translations from GitLab's spelling to ours. */
export function toUser(user: z.output<typeof userSchema>): User {
  const { id, username, name, bot, state } = user;
  return {
    id,
    username,
    name,
    ...(typeof bot === 'boolean' ? { bot } : {}),
    ...(typeof state === 'string' ? { state } : {}),
  };
}

export function toLabelEvent(event: z.output<typeof labelEventSchema>): LabelEvent {
  const { id, action, label, user, created_at: createdAt } = event;
  return { id, action, label: label?.name ?? null, user: user ? toUser(user) : null, createdAt };
}

/** Null: an event that is not about closing or reopening. */
export function toStateEvent(event: z.output<typeof stateEventSchema>): StateEvent | null {
  const { id, state, user, created_at: createdAt } = event;
  if (state !== 'closed' && state !== 'reopened') return null;
  return { id, state, user: user ? toUser(user) : null, createdAt };
}

export function toReaction(reaction: z.output<typeof reactionSchema>): Reaction {
  const { id, name, user, created_at: createdAt } = reaction;
  return { id, name, user: toUser(user), createdAt };
}

export function toProject(project: z.output<typeof projectSchema>): Project {
  return {
    id: project.id,
    path: project.path_with_namespace,
    webUrl: project.web_url,
    archived: project.archived,
    // The access level is the newer word for the same switch; people with little access are told neither.
    issuesEnabled:
      typeof project.issues_access_level === 'string'
        ? project.issues_access_level !== 'disabled'
        : (project.issues_enabled ?? true),
    ...(typeof project.visibility === 'string' ? { visibility: project.visibility } : {}),
  };
}

export function toIssue(issue: z.output<typeof issueSchema>): Issue {
  return {
    id: issue.id,
    projectId: issue.project_id,
    iid: issue.iid,
    ref: issue.references.full,
    url: issue.web_url,
    title: issue.title,
    description: issue.description ?? '',
    state: issue.state,
    labels: issue.labels,
    gitlabMilestone: issue.milestone?.title ?? null,
    author: toUser(issue.author),
    assignees: issue.assignees.map(toUser),
    confidential: issue.confidential,
    discussionLocked: issue.discussion_locked,
    dueDate: issue.due_date,
    createdAt: issue.created_at,
    updatedAt: issue.updated_at,
    userNotesCount: issue.user_notes_count,
    issueType: issue.issue_type ?? 'issue',
    movedToId: issue.moved_to_id ?? null,
  };
}

export function toNote(note: z.output<typeof noteSchema>): Note {
  return {
    id: note.id,
    body: note.body,
    author: toUser(note.author),
    createdAt: note.created_at,
    updatedAt: note.updated_at,
    system: note.system,
    internal: note.internal ?? note.confidential ?? false,
  };
}

export function toMember(member: z.output<typeof memberSchema>): Member {
  return {
    id: member.id,
    username: member.username,
    name: member.name,
    accessLevel: member.access_level,
    state: member.state,
  };
}

export function toLabel(label: z.output<typeof labelSchema>): Label {
  return { name: label.name };
}

export function toTokenInfo(token: z.output<typeof tokenSchema>): TokenInfo {
  return {
    scopes: token.scopes,
    active: token.active && !token.revoked,
    expiresAt: token.expires_at ?? null,
  };
}
