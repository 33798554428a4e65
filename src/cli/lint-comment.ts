import { applyActions } from '../apply/apply-actions.ts';
import { UsageError } from '../model/errors.ts';
import type { SubjectReport } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';
import { planLintNote } from '../plan/lint-note.ts';
import { visible } from '../text/visible.ts';
import { type CliContext, gitlabUrlOf } from './context.ts';
import { openGateway } from './gateway.ts';
import { projectPath } from './project-path.ts';

/** The merge request whose pipeline runs; from a fork it is one of the project it goes to. */
export interface MergeRequest {
  projectId: number;
  iid: number;
}

/** @throws UsageError outside of a merge request pipeline */
export function mergeRequestOf(env: NodeJS.ProcessEnv): MergeRequest {
  const projectId = Number(env['CI_MERGE_REQUEST_PROJECT_ID'] || env['CI_PROJECT_ID'] || Number.NaN);
  const iid = Number(env['CI_MERGE_REQUEST_IID'] || Number.NaN);
  if (Number.isSafeInteger(projectId) && Number.isSafeInteger(iid)) return { projectId, iid };
  throw new UsageError(
    '--comment keeps a comment on a merge request: CI_MERGE_REQUEST_IID and CI_PROJECT_ID say which. Run it in a merge request pipeline (`rules: - if: $CI_PIPELINE_SOURCE == "merge_request_event"`).',
  );
}

/**
 * Keeps one comment about the findings on the merge request: none while there is nothing to say, edited in place,
 * and brought to its end when all is fixed.
 * @returns whether GitLab has it as it should be
 * @throws GatewayError when nothing could be read
 */
export async function keepLintComment(
  context: CliContext,
  policy: Policy,
  subjects: readonly SubjectReport[],
  options: { now: string; gitlabUrl?: string },
): Promise<boolean> {
  const { projectId, iid } = mergeRequestOf(context.env);
  const gateway = openGateway(context, policy, gitlabUrlOf(options, context.environment));
  const { id: botUserId } = await gateway.reader.currentUser();
  const thread = gateway.mergeRequestNotes;
  const { maxFindings, signature } = policy.settings.comment;
  const { actions, reason } = planLintNote({
    subjects: subjects.map((subject) => ({ ...subject, ref: projectPath(subject.ref) })),
    notes: await thread.notes(projectId, iid),
    botUserId,
    maxFindings,
    signature,
    now: options.now,
  });
  const writer = {
    ...thread,
    changeLabels: () => Promise.reject(new TypeError('the plan of a lint comment has no labels')),
  };
  const outcomes = await applyActions(actions, {
    issue: { projectId, iid },
    reader: thread,
    writer,
    owner: { userId: botUserId },
  });
  if (reason !== null) context.io.stderr(`comment on !${iid}: left as it is, ${reason}\n`);
  for (const { outcome, detail } of outcomes)
    context.io.stderr(`comment on !${iid}: ${outcome}, ${visible(detail)}\n`);
  return outcomes.every(({ outcome }) => outcome !== 'failed');
}
