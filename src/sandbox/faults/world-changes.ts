import type { IncomingMessage } from 'node:http';
import type { RequestRecord } from '../http/app.ts';
import type { SandboxState } from '../state.ts';
import { findOrCreateLabels } from '../world/labels.ts';
import { removeNote } from '../world/notes.ts';
import type { Issue, Project } from '../world/types.ts';
import type { ParsedFault } from './script.ts';

type WorldChange = Extract<
  ParsedFault,
  { kind: 'stale' | 'revoke-token' | 'remove-project' | 'archive-project' }
>;

type Stale = Extract<WorldChange, { kind: 'stale' }>;

/** Changes the world between two requests, as someone else would. */
export function changeWorld(
  fault: WorldChange,
  record: RequestRecord,
  incoming: IncomingMessage,
  state: SandboxState,
): void {
  if (fault.kind === 'revoke-token') {
    const bearer = /^Bearer\s+(.+)$/i.exec(incoming.headers.authorization ?? '')?.[1];
    state.revokeToken(String(incoming.headers['private-token'] ?? bearer ?? ''));
    return;
  }
  if (fault.kind === 'stale') {
    changeIssues(fault, record, state);
    return;
  }
  const project = projectIn(record.path, state);
  if (!project) return;
  if (fault.kind === 'remove-project') state.removeProject(project.id);
  else project.archived = true;
}

function projectIn(path: string, state: SandboxState): Project | undefined {
  const key = decodeURIComponent(/^\/api\/v4\/projects\/([^/]+)/.exec(path)?.[1] ?? '');
  const { world } = state;
  return world.projects.get(/^\d+$/.test(key) ? Number(key) : (world.paths.get(key.toLowerCase())?.id ?? -1));
}

/** The oldest open issues of the project (of any project, for other lists) change; each once, in turn. */
function changeIssues(fault: Stale, record: RequestRecord, state: SandboxState): void {
  const { world } = state;
  const project = projectIn(record.path, state);
  const candidates = [...(project?.issues.values() ?? world.issues.values())]
    .filter((issue) => issue.state === 'opened')
    .sort((a, b) => (a.updatedAt - b.updatedAt || a.id - b.id) * (fault.pick === 'oldest' ? 1 : -1))
    .slice(0, fault.count);
  for (const issue of candidates) changeIssue(fault.change, issue, state);
  world.revision.content += 1;
}

function changeIssue(change: Stale['change'], issue: Issue, { world }: SandboxState): void {
  const now = world.clock.now().getTime();
  const project = world.projects.get(issue.projectId);
  const owner = world.users.get(issue.authorId);
  issue.updatedAt = Math.max(now, issue.updatedAt + 1);
  if (change === 'close') {
    issue.state = 'closed';
    issue.closedAt = now;
    issue.closedById = issue.authorId;
  } else if (change === 'relabel' && project && owner) {
    issue.labelIds = findOrCreateLabels(world, project, { ...owner, admin: true }, ['relabelled']);
  } else if (change === 'delete-note') {
    const comment = issue.notes.find((note) => !note.system);
    if (comment) removeNote(issue, comment);
  }
}
