import { nearest } from '../../config/suggest.ts';
import { GatewayError } from '../../model/errors.ts';
import type { IssueFilter, IssueReader, IssueSource } from '../../model/ports.ts';
import type { Policy } from '../../model/rule.ts';
import { checkToken } from '../../model/token.ts';
import { sourceName } from '../../scan/scan.ts';

export interface Diagnosis {
  /** `unknown`: it could not be checked, though it should have been. `note`: no one could check it from here. */
  verdict: 'good' | 'warning' | 'bad' | 'unknown' | 'note';
  text: string;
}

/** Planner: the lowest role that sees confidential issues and edits labels (GitLab 17.7; before that Reporter). */
const planner = 15;

/** Projects of a group that are looked at, and issues that are read to find them. */
const maxProjects = 20;
const maxIssues = 1_000;

const scheduleNote =
  'Whether a schedule starts the pipeline cannot be seen from here. Look under Build > Pipeline schedules of the project that holds the pipeline: one should be active.';

interface Patient {
  reader: IssueReader;
  policy: Policy;
  /** ISO 8601 instant. */
  now: string;
}

/**
 * What is in the way of `run --apply`, one by one. Reads only.
 * @throws GatewayError when it is fatal: wrong token
 */
export async function* diagnose(
  patient: Patient,
  sources: readonly IssueSource[],
): AsyncGenerator<Diagnosis> {
  const { reader, policy } = patient;
  yield {
    verdict: 'good',
    text: `Rule files: ${policy.rules.length + policy.setRules.length + policy.folderRules.length} rules on, no error found.`,
  };
  const user = await reader.currentUser();
  yield { verdict: 'good', text: `The token is ${user.username}'s.` };
  const note = tokenBotNote(user.username, policy.settings.formerBots);
  if (note !== null) yield { verdict: 'note', text: note };
  yield* diagnoseToken(patient);
  for (const source of sources) {
    try {
      yield* 'project' in source
        ? diagnoseOneProject(patient, source.project, user.username)
        : diagnoseGroup(patient, source, user.username);
    } catch (error) {
      yield { verdict: 'bad', text: sentence(error) };
    }
  }
  yield { verdict: 'note', text: scheduleNote };
}

/** A token of a project or group is a user of its own: the next one would not know the comments of this one. */
function tokenBotNote(username: string, formerBots: readonly string[]): string | null {
  if (!/^(?:project|group)_\d+_bot_/.test(username)) return null;
  const known = formerBots.length === 0 ? '' : ` It names ${formerBots.length} so far.`;
  return `${username} lives as long as this token. Rotate the token before it expires; with a newly created one the bot is another user: name this one under former-bots of policy.yml then. A Maintainer keeps the comments of before; else every KR gets a second one, which mentions no one.${known}`;
}

async function* diagnoseToken({ reader, now }: Patient): AsyncGenerator<Diagnosis> {
  try {
    const verdict = checkToken(await reader.tokenInfo(), { apply: true, now });
    for (const text of verdict.problems) yield { verdict: 'bad', text };
    for (const text of verdict.warnings) yield { verdict: 'warning', text };
    if (verdict.problems.length === 0) yield { verdict: 'good', text: 'The token may write.' };
  } catch (error) {
    yield { verdict: 'warning', text: `The token could not be asked about itself. ${sentence(error)}` };
  }
}

async function* diagnoseOneProject(
  patient: Patient,
  project: string | number,
  username: string,
): AsyncGenerator<Diagnosis> {
  yield* diagnoseProject(patient, project, username);
  const { ids } = await projectsWithKrs(patient, { project }, 1);
  yield await diagnoseKrs(patient, { project }, ids.length > 0);
}

/**
 * A group as a whole tells neither roles nor all its projects; the projects of its KRs do. Where there is no KR yet,
 * those of any issue.
 */
async function* diagnoseGroup(
  patient: Patient,
  source: { group: string | number },
  username: string,
): AsyncGenerator<Diagnosis> {
  const found = await projectsWithKrs(patient, source, maxProjects);
  yield await diagnoseKrs(patient, source, found.ids.length > 0);
  const everything: Policy = {
    ...patient.policy,
    filter: { state: 'all', labels: [], issueType: 'issue' } satisfies IssueFilter,
    unselected: () => null,
  };
  const { ids, isAll } =
    found.ids.length > 0
      ? found
      : await projectsWithKrs({ ...patient, policy: everything }, source, maxProjects);
  if (ids.length === 0) {
    const text = `There is no issue to be seen in ${sourceName(source)}, so the role of ${username} and the labels could not be checked. Name a project with --project.`;
    yield { verdict: 'unknown', text };
  }
  for (const id of ids) {
    try {
      yield* diagnoseProject(patient, id, username);
    } catch (error) {
      yield { verdict: 'bad', text: sentence(error) };
    }
  }
  if (!isAll) {
    const text = `Of ${sourceName(source)}, only the first ${ids.length === 1 ? 'project' : `${ids.length} projects`} with issues were looked at. Name others with --project.`;
    yield { verdict: 'unknown', text };
  }
}

/** The projects of the first KRs of a source, in the order of the list; not all when there are too many. */
async function projectsWithKrs(
  { reader, policy, now }: Patient,
  source: IssueSource,
  limit: number,
): Promise<{ ids: number[]; isAll: boolean }> {
  const ids = new Set<number>();
  let read = 0;
  for await (const issue of reader.issues(source, policy.filter)) {
    if (read === maxIssues) return { ids: [...ids], isAll: false };
    read += 1;
    if (policy.unselected(issue, now) !== null) continue;
    if (ids.size === limit && !ids.has(issue.projectId)) return { ids: [...ids], isAll: false };
    ids.add(issue.projectId);
    if (limit === 1) break;
  }
  return { ids: [...ids], isAll: true };
}

/** Open issues that are read to find out why none of them is a KR. */
const sampleSize = 200;

/** Whether there are KRs; where there are none, which condition of the policy excludes what is there. */
async function diagnoseKrs(
  { reader, policy, now }: Patient,
  source: IssueSource,
  isThere: boolean,
): Promise<Diagnosis> {
  const name = sourceName(source);
  if (isThere) return { verdict: 'good', text: `There are KR issues in ${name}.` };
  const reasons = new Map<string, number>();
  const labels = new Set<string>();
  let count = 0;
  for await (const issue of reader.issues(source, { state: 'opened', labels: [], issueType: 'issue' })) {
    count += 1;
    for (const label of issue.labels) labels.add(label);
    const why = policy.unselected(issue, now);
    if (why !== null) reasons.set(why, (reasons.get(why) ?? 0) + 1);
    if (count === sampleSize) break;
  }
  if (count === 0) return { verdict: 'warning', text: `No open issue in ${name} that this token sees.` };
  const [most] = [...reasons].sort(([, a], [, b]) => b - a);
  const why = most === undefined ? '' : ` Most often: ${most[0]} (${most[1]} of ${count}).`;
  const meant = policy.filter.labels.flatMap((wanted) => {
    const near = labels.has(wanted) ? null : nearest(wanted, [...labels]);
    return near === null
      ? []
      : [` There is a label "${near}": is that what "${wanted}" in policy.yml means?`];
  });
  const issues =
    count === 1
      ? 'The one open issue'
      : `None of ${count === sampleSize ? 'the first ' : ''}${count} open issues`;
  return {
    verdict: 'warning',
    text: `${issues} in ${name} is ${count === 1 ? 'not ' : ''}a KR by the policy.${why}${meant.join('')}`,
  };
}

async function* diagnoseProject(
  { reader, policy }: Patient,
  idOrPath: string | number,
  username: string,
): AsyncGenerator<Diagnosis> {
  const project = await reader.project(idOrPath);
  if (project.archived)
    yield { verdict: 'bad', text: `${project.path} is archived: nothing can be written there.` };
  if (!project.issuesEnabled) yield { verdict: 'bad', text: `Issues are switched off in ${project.path}.` };
  const member = (await reader.members(project.id)).find((one) => one.username === username);
  if (member === undefined) {
    yield {
      verdict: 'warning',
      text: `${username} is not a member of ${project.path}; it needs the Planner role or above.`,
    };
  } else if (member.accessLevel < planner) {
    yield {
      verdict: 'bad',
      text: `${username} does not have enough rights in ${project.path}: Planner or above is needed.`,
    };
  } else {
    yield { verdict: 'good', text: `${username} has a sufficient role in ${project.path}.` };
  }
  yield* diagnoseLabels(await reader.labels(project.id), policy, project.path);
}

function* diagnoseLabels(
  labels: readonly { name: string }[],
  policy: Policy,
  path: string,
): Generator<Diagnosis> {
  const { needsAttention, ok } = policy.settings.labels;
  for (const wanted of [needsAttention, ok]) {
    if (wanted === null) continue;
    const twin = labels.find((label) => label.name.toLowerCase() === wanted.toLowerCase());
    if (twin === undefined) {
      yield {
        verdict: 'warning',
        text: `${path} has no label "${wanted}" yet; it is created on first use if the role allows.`,
      };
    } else if (twin.name !== wanted) {
      yield {
        verdict: 'warning',
        text: `${path} spells "${wanted}" as "${twin.name}"; that spelling is used.`,
      };
    } else {
      yield { verdict: 'good', text: `${path} has the label "${wanted}".` };
    }
  }
}

function sentence(error: unknown): string {
  if (error instanceof GatewayError && !error.fatal) return error.message;
  throw error;
}
