import { exitCode } from '../../../src/cli/exit-code.ts';
import type { RequestRecord } from '../../../src/sandbox/http/app.ts';
import { asksForSomething } from '../../helpers/nudges.ts';
import { botToken } from '../../helpers/world.ts';
import type { Played } from './play.ts';
import { attentionLabel, type IssueView, okLabel } from './snapshot.ts';

/** Everything that was seen of one run. */
export interface Evidence {
  before: readonly IssueView[];
  after: readonly IssueView[];
  played: Played;
  /** The requests of this run, as the server saw them. */
  requests: readonly RequestRecord[];
  /** Comments of ours per issue that stood there at any moment of the run. */
  seenNudges: ReadonlyMap<number, number>;
}

/** A broken promise, in words; jest shows the message, fast-check the schedule. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

function promise(held: boolean, words: () => string): void {
  if (!held) throw new BrokenPromise(words());
}

/** What must hold after every run that no other one overlapped, whatever happened to it. */
export function checkRun(evidence: Evidence): void {
  for (const view of evidence.after) checkNudges(evidence, view);
  for (const view of evidence.after) checkSilence(evidence, view);
  checkDryRun(evidence);
  checkNothingHidden(evidence);
  for (const view of evidence.after) checkReport(evidence, view);
  checkPeople(evidence);
  const said = JSON.stringify([evidence.played.result, evidence.played.error?.message]);
  promise(!said.includes(botToken), () => 'the token is in the report');
}

/** Promise 1: never a second one, not even for a moment (people would get two mails). */
function checkNudges({ before, played, seenNudges }: Evidence, { iid, nudges }: IssueView): void {
  const earlier = before.find((view) => view.iid === iid)?.nudges.length ?? 0;
  promise(
    nudges.length <= Math.max(1, earlier),
    () => `issue ${iid} had ${earlier} nudges and has ${nudges.length} after the run`,
  );
  const seen = seenNudges.get(iid) ?? 0;
  // A comment that a person took away while the run was at work may be written again.
  const allowed = Math.max(1, earlier) + (played.lost.get(iid) ?? 0);
  promise(
    seen <= allowed,
    () => `issue ${iid} had ${earlier} nudges, and the run wrote ${seen - earlier} more`,
  );
}

/** Where people locked the discussion the run neither writes nor changes a comment. */
function checkSilence({ before, played }: Evidence, { iid, locked, nudges }: IssueView): void {
  const earlier = before.find((view) => view.iid === iid);
  if (!locked || earlier?.locked !== true || played.touched.has(iid)) return;
  const same = JSON.stringify(earlier.nudges) === JSON.stringify(nudges);
  promise(same, () => `issue ${iid} is locked, and the run changed its comments`);
}

/** Promise 3. */
function checkDryRun({ played, requests }: Evidence): void {
  if (played.plan.apply) return;
  const writes = requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);
  promise(writes.length === 0, () => `a dry run sent ${writes.join(', ')}`);
}

/** Promise 5: each KR is in the report, or the run says that something is missing from it. */
function checkNothingHidden({ before, after, played, requests }: Evidence): void {
  if (played.result === null) {
    if (played.killed) return;
    promise(played.error?.fatal === true, () => 'the run ended without a word');
    // Such an end is exit code 2, which says that nothing was changed.
    const writes = requests.filter(({ method }) => method !== 'GET').length;
    promise(writes === 0, () => `the run gave up after ${writes} writes without a report`);
    return;
  }
  const { summary, subjects } = played.result;
  const iids = subjects.map((subject) => subject.iid ?? -1);
  promise(new Set(iids).size === iids.length, () => `an issue is reported twice: ${iids.join(', ')}`);
  const errors = subjects.some((subject) => subject.status === 'error');
  const incomplete = summary.failures.length > 0 || errors;
  const code = exitCode(summary, { failOn: 'never', worst: null });
  promise((code === 3) === incomplete, () => `exit code ${code}, although incomplete is ${incomplete}`);
  if (summary.failures.length > 0) return;
  const missing = before
    .filter((view) => view.selected && after.some(({ iid, selected }) => iid === view.iid && selected))
    .filter((view) => !played.touched.has(view.iid) && !iids.includes(view.iid));
  promise(
    missing.length === 0,
    () => `not in the report, and no failure named: ${missing.map((v) => v.iid).join()}`,
  );
}

/** What the report calls done is done. */
function checkReport({ played }: Evidence, view: IssueView): void {
  const subject = played.result?.subjects.find(({ iid }) => iid === view.iid);
  if (subject === undefined || !played.plan.apply || played.touched.has(view.iid) || !view.selected) return;
  if (subject.status === 'error' || subject.skippedRules.length > 0) return;
  const open = subject.findings.some(({ severity }) => severity !== 'info');
  const wanted = open ? attentionLabel : okLabel;
  promise(
    view.ours.length === 1 && view.ours[0] === wanted,
    () => `issue ${view.iid} is reported done and carries ${view.ours.join(', ')} instead of ${wanted}`,
  );
  const asking = view.nudges.filter(asksForSomething).length;
  if (view.locked) {
    promise(
      subject.restraint !== null || asking === (open ? 1 : 0),
      () => `issue ${view.iid} is locked, ${asking} nudges ask, and the report does not say why`,
    );
    return;
  }
  promise(
    view.nudges.length <= 1,
    () => `issue ${view.iid} is reported done with ${view.nudges.length} nudges`,
  );
  // Somebody deleted it, and it stays away.
  if (subject.restraint?.startsWith('our comment was deleted') === true) return;
  promise(
    asking === (open ? 1 : 0),
    () =>
      `issue ${view.iid} is reported done, with${open ? '' : 'out'} findings, and ${asking} nudges that ask`,
  );
}

/** Promise 7, and no quick action: what people wrote is as it was. */
function checkPeople({ before, after, played }: Evidence): void {
  for (const view of after) {
    if (played.touched.has(view.iid)) continue;
    const earlier = before.find(({ iid }) => iid === view.iid);
    const same = JSON.stringify(earlier?.people) === JSON.stringify(view.people);
    promise(same, () => `issue ${view.iid}: what people wrote was changed`);
  }
}
