import { GatewayError } from '../../model/errors.ts';
import type { Note, User } from '../../model/issue.ts';
import { type NoteOwner, unnamedBots } from '../../model/nudge-note.ts';
import type { PolicySettings } from '../../model/policy.ts';
import type { IssueReader } from '../../model/ports.ts';

/** Whose comments are ours in a project, and which we can only look at. */
export interface Ownership {
  bot: NoteOwner;
  /** User names of former bots whose comments this token may not edit. */
  lostBots: readonly string[];
}

/** Comments of others can be edited from this role on (docs/gitlab.md §10). */
const MAINTAINER = 40;

/**
 * Under one token the bot may be a Maintainer here and a Reporter there, so it is asked project by project.
 * @param notes of an issue: bots before this one that the policy does not name are known by them
 */
export async function ownershipIn(
  projectId: number,
  { reader, user }: { reader: Pick<IssueReader, 'currentUser' | 'members'>; user?: User | null },
  { id: policyId, formerBots: named }: Pick<PolicySettings, 'id' | 'formerBots'>,
  notes: readonly Note[] = [],
): Promise<Ownership> {
  const { id: userId } = user ?? (await reader.currentUser());
  const unnamed = unnamedBots(notes, { userId, policyId, formerBots: named }, projectId);
  const formerBots = [...named, ...unnamed];
  if (formerBots.length === 0) return { bot: { userId, policyId }, lostBots: [] };
  const mayEdit = (await levelOf(userId, projectId, reader)) >= MAINTAINER;
  return mayEdit
    ? { bot: { userId, policyId, formerBots }, lostBots: [] }
    : { bot: { userId, policyId }, lostBots: formerBots };
}

/** 0 where it cannot be found out. */
async function levelOf(
  userId: number,
  projectId: number,
  reader: Pick<IssueReader, 'members'>,
): Promise<number> {
  try {
    return (await reader.members(projectId)).find(({ id }) => id === userId)?.accessLevel ?? 0;
  } catch (error) {
    if (!(error instanceof GatewayError) || error.fatal) throw error;
    return 0;
  }
}
