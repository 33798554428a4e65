import type { MergeRequestSeed } from '../seed.ts';
import { type Issue, type Project, SeedError, type World } from './types.ts';

/**
 * Merge requests, as far as their comments go. GitLab keeps both as "noteables", and so does the sandbox: one is an
 * issue that is in no list of issues.
 */
export function addSeedMergeRequests(
  world: World,
  project: Project,
  seeds: readonly MergeRequestSeed[],
): void {
  const author = world.users.values().next().value;
  for (const seed of seeds) {
    if (author === undefined) throw new SeedError('A seed with merge requests needs at least one user.');
    const at = world.clock.now().getTime();
    const noteable: Issue = {
      id: world.nextId++,
      iid: seed.iid,
      projectId: project.id,
      title: seed.title,
      description: null,
      state: 'opened',
      type: 'merge_request',
      authorId: author.id,
      assigneeIds: [],
      labelIds: [],
      milestoneId: null,
      dueDate: null,
      weight: null,
      confidential: false,
      discussionLocked: null,
      createdAt: at,
      updatedAt: at,
      closedAt: null,
      closedById: null,
      movedToId: null,
      notes: [],
      userNotesCount: 0,
      labelEvents: [],
      stateEvents: [],
    };
    project.mergeRequests.set(seed.iid, noteable);
  }
}
