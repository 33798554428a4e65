import { GatewayError, type GatewayErrorCode } from '../model/errors.ts';
import type { Issue, Project } from '../model/issue.ts';
import { archivedSentence, issuesDisabledSentence } from './refusal.ts';

/** Looks again at what a bare "forbidden" or "not found" does not tell. */
export interface Explainer {
  /** Runs a call on a project; when GitLab forbids it, the reason is looked up: archived, issues switched off. */
  inProject: <T>(projectId: number, deed: string, call: () => Promise<T>) => Promise<T>;
  /** The same for a change of an issue, whose discussion may also be locked. */
  onIssue: <T>(projectId: number, iid: number, deed: string, call: () => Promise<T>) => Promise<T>;
}

/** Both lookups are fresh: what was true when the run began may not be any more. */
export function createExplainer(
  lookUpProject: (projectId: number) => Promise<Project>,
  lookUpIssue: (projectId: number, iid: number) => Promise<Issue>,
): Explainer {
  async function ofProject(projectId: number, deed: string): Promise<[GatewayErrorCode, string] | null> {
    const project = await orNull(lookUpProject(projectId));
    if (project?.archived === true) return ['archived', archivedSentence(deed, project.path)];
    if (project?.issuesEnabled === false)
      return ['issues-disabled', issuesDisabledSentence(deed, project.path)];
    return null;
  }
  async function ofIssue(
    projectId: number,
    iid: number,
    deed: string,
  ): Promise<[GatewayErrorCode, string] | null> {
    const issue = await orNull(lookUpIssue(projectId, iid));
    if (issue?.discussionLocked !== true) return null;
    return [
      'forbidden',
      `The discussion of ${issue.ref} is locked, and only members of the project may comment there, so we could not ${deed}. Make the bot a member, or unlock the discussion.`,
    ];
  }
  async function explained<T>(
    call: () => Promise<T>,
    codes: GatewayErrorCode[],
    reasons: (() => Promise<[GatewayErrorCode, string] | null>)[],
  ): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof GatewayError) || !codes.includes(error.code)) throw error;
      for (const reason of reasons) {
        const found = await reason();
        if (found !== null) throw new GatewayError(found[0], found[1], { status: error.status });
      }
      throw error;
    }
  }
  return {
    inProject: (projectId, deed, call) => explained(call, ['forbidden'], [() => ofProject(projectId, deed)]),
    onIssue: (projectId, iid, deed, call) =>
      explained(
        call,
        ['forbidden', 'not-found'],
        [() => ofProject(projectId, deed), () => ofIssue(projectId, iid, deed)],
      ),
  };
}

/** The explanation is an extra: when it cannot be had, the plain error has to do. */
async function orNull<T>(lookup: Promise<T>): Promise<T | null> {
  try {
    return await lookup;
  } catch {
    return null;
  }
}
