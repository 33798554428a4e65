import type { Action, Outcome } from '../model/action.ts';
import { GatewayError, messageOf } from '../model/errors.ts';
import type { Issue, Note } from '../model/issue.ts';
import { type NoteOwner, nudgesIn, storedForm } from '../model/nudge-note.ts';
import { pingMark, pingsIn } from '../model/ping-note.ts';
import type { IssueReader, IssueWriter } from '../model/ports.ts';
import { type EditPorts, editIssue, isEdit } from './edit-issue.ts';

export interface ApplyContext {
  /** `movedToId`: known to have been moved before anything was planned for it. */
  issue: Pick<Issue, 'projectId' | 'iid'> & Partial<Pick<Issue, 'movedToId'>>;
  reader: Pick<IssueReader, 'notes'>;
  writer: Omit<IssueWriter, 'editIssue'>;
  /** For changes to the issue itself; left out: there are none. */
  edits?: EditPorts;
  /** Only the bot's own notes are ever counted, edited or deleted. */
  owner: NoteOwner;
  /**
   * Waits a moment before looking whether an unconfirmed comment arrived: a server whose connection broke, or whose
   * proxy gave up (502), may still be storing it. Left out: looks at once.
   */
  settle?: () => Promise<void>;
  /** Told of an error that is fatal for the whole run, so that what was done before it is still reported. */
  onFatal?: (error: GatewayError) => void;
}

/** What a dry run reports: the plan, nothing done. */
export function plannedOutcomes(actions: readonly Action[]): Outcome[] {
  return actions.map(({ type, detail }) => ({ type, outcome: 'planned', detail }));
}

/**
 * Performs exactly the plan, in its order. The first action that fails ends it: what follows relies on it (`ok` on an
 * issue says that its comment is as it should be), and is reported as not tried. May report more outcomes than there
 * are actions: a duplicate found after creating is deleted too.
 *
 * At most one nudge per issue: a create looks at the comments first, and again afterwards. Ids rise with creation, so
 * of two runs that overlap the one whose note is stored last sees both on its second look, and both keep the older.
 * A create that GitLab did not confirm is repeated only after the comments were read and hold no nudge, and not at
 * all while GitLab may still be at it (time-out): the next run looks again. A run that is killed in between leaves at
 * most what the next plan removes.
 *
 * @throws GatewayError when it is fatal for the whole run and no one listens (`onFatal`); else failures are outcomes
 */
export async function applyActions(actions: readonly Action[], context: ApplyContext): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, action] of actions.entries()) {
    const done = await attempt(action, context);
    outcomes.push(...done);
    if (isEdit(action) && done.some(({ outcome }) => outcome === 'unchanged'))
      return [...outcomes, ...leftToNextRun(actions.slice(index + 1))];
    if (!done.some(({ outcome }) => outcome === 'failed')) continue;
    const rest = actions.slice(index + 1);
    return [
      ...outcomes,
      ...rest.map(({ type, detail }) => failed(type, `not tried (${detail}): the step before it failed`)),
    ];
  }
  return outcomes;
}

/** The issue is no longer as it was when this was planned. */
function leftToNextRun(actions: readonly Action[]): Outcome[] {
  return actions.map(({ type, detail }) => ({
    type,
    outcome: 'unchanged',
    detail: `left to the next run: ${detail}`,
  }));
}

async function attempt(action: Action, context: ApplyContext): Promise<Outcome[]> {
  try {
    return await perform(action, context);
  } catch (error) {
    tellIfFatal(error, context);
    return [failed(action.type, `could not ${action.detail}: ${messageOf(error)}`)];
  }
}

function tellIfFatal(error: unknown, { onFatal }: ApplyContext): void {
  if (!(error instanceof GatewayError) || !error.fatal) return;
  if (onFatal === undefined) throw error;
  onFatal(error);
}

async function perform(action: Action, context: ApplyContext): Promise<Outcome[]> {
  switch (action.type) {
    case 'create-note':
    case 'create-ping':
      return create(action, context);
    case 'update-note': {
      const outcome = await update(action, context);
      return outcome.outcome === 'applied' ? [outcome, ...(await markTold(action, context))] : [outcome];
    }
    case 'delete-note':
      return [await remove(action, context)];
    case 'update-labels':
      return [await changeLabels(action, context)];
    case 'update-due-date':
    case 'update-assignees':
    case 'edit-description':
      return [await editIssue(action, context.issue, context.edits)];
    default:
      return action satisfies never;
  }
}

async function remove(
  { type, noteId, detail }: Extract<Action, { type: 'delete-note' }>,
  { writer, issue }: ApplyContext,
): Promise<Outcome> {
  await writer.deleteNote(issue.projectId, issue.iid, noteId);
  return { type, outcome: 'applied', detail };
}

async function changeLabels(
  action: Extract<Action, { type: 'update-labels' }>,
  { writer, issue }: ApplyContext,
): Promise<Outcome> {
  const { type, add, remove, detail } = action;
  let labels: readonly string[];
  try {
    ({ labels } = await writer.changeLabels(issue.projectId, issue.iid, { add, remove }));
  } catch (error) {
    // The closed original of an issue that was moved: this was planned for it, and it was done.
    const isAsPlanned = error instanceof GatewayError && error.code === 'moved' && issue.movedToId != null;
    if (!isAsPlanned) throw error;
    return { type, outcome: 'applied', detail };
  }
  const carried = new Set(labels.map((label) => label.toLowerCase()));
  const dropped = add.filter((label) => !carried.has(label.toLowerCase()));
  if (dropped.length === 0) return { type, outcome: 'applied', detail };
  // docs/gitlab.md §9: a label that does not exist and that the token may not create is dropped without an error.
  const hint = 'create it in the project or a group above, or give the token a role that may create labels';
  return failed(type, `GitLab did not set the label ${dropped.join(', ')}: ${hint}`);
}

async function update(
  action: Extract<Action, { type: 'update-note' }>,
  { writer, issue }: ApplyContext,
): Promise<Outcome> {
  try {
    await writer.updateNote(issue.projectId, issue.iid, action.noteId, action.body);
    return { type: action.type, outcome: 'applied', detail: action.detail };
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'not-found') throw error;
    const detail = `could not ${action.detail}: the comment is gone or hidden; the next run looks again`;
    return failed(action.type, detail);
  }
}

type Creation = Extract<Action, { type: 'create-note' | 'create-ping' }>;

async function create(action: Creation, context: ApplyContext): Promise<Outcome[]> {
  const [standing, ...younger] = await alike(action, context);
  if (standing !== undefined) {
    const settled = await settle(action, standing, context);
    return [...settled, ...(await removeDuplicates(action, context, younger))];
  }
  const { projectId, iid } = context.issue;
  try {
    await context.writer.createNote(projectId, iid, action.body);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.outcome !== 'unknown' || error.fatal) throw error;
    await context.settle?.();
    const arrived = await alike(action, context);
    if (arrived.length === 0) {
      if (mayStillArrive(error)) throw error;
      await context.writer.createNote(projectId, iid, action.body);
    }
  }
  const applied: Outcome = { type: action.type, outcome: 'applied', detail: action.detail };
  return [applied, ...(await removeDuplicates(action, context)), ...(await markTold(action, context))];
}

/** Part of writing the comment: it gets a row of its own only when it fails. */
async function markTold(action: Action, context: ApplyContext): Promise<Outcome[]> {
  if (!('mark' in action) || action.mark === undefined) return [];
  const { label, isCarried } = action.mark;
  const { writer, issue } = context;
  const change = (add: string[], remove: string[]): Promise<unknown> =>
    writer.changeLabels(issue.projectId, issue.iid, { add, remove });
  try {
    if (!isCarried) await change([label], []);
    await change([], [label]);
    await change([label], []);
    return [];
  } catch (error) {
    tellIfFatal(error, context);
    const detail = `could not remember by ${label} that the comment was written: ${messageOf(error)}`;
    return [failed('update-labels', detail)];
  }
}

/** Another run was faster: the one comment gets the text of this plan. */
async function settle(action: Creation, standing: Note, { writer, issue }: ApplyContext): Promise<Outcome[]> {
  // A ping of this day has notified people already, whatever it says.
  if (action.type === 'create-ping' || storedForm(standing.body) === storedForm(action.body)) {
    return [{ type: action.type, outcome: 'unchanged', detail: 'our comment is there already' }];
  }
  await writer.updateNote(issue.projectId, issue.iid, standing.id, action.body);
  const detail = `${action.detail} (in the comment that was there already)`;
  return [{ type: action.type, outcome: 'applied', detail }];
}

/** True while the server may still be carrying out what it did not answer: looking now proves nothing. */
export function mayStillArrive(error: GatewayError): boolean {
  return error.code === 'timeout' || error.status === 504;
}

/** The second look: anyone who sees two keeps the older. */
async function removeDuplicates(
  action: Creation,
  context: ApplyContext,
  seen?: readonly Note[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  try {
    const younger = seen ?? (await alike(action, context)).slice(1);
    for (const note of younger) {
      await context.writer.deleteNote(context.issue.projectId, context.issue.iid, note.id);
      const detail = 'removed a duplicate of our comment that another run had written at the same time';
      outcomes.push({ type: 'delete-note', outcome: 'applied', detail });
    }
  } catch (error) {
    tellIfFatal(error, context);
    const detail = `could not make sure that our comment is the only one: ${messageOf(error)}`;
    outcomes.push(failed('delete-note', detail));
  }
  return outcomes;
}

/** Comments of ours of which there may be one only: the nudge, or a ping of the same day. Oldest first. */
async function alike(action: Creation, { reader, issue, owner }: ApplyContext): Promise<Note[]> {
  const notes = await reader.notes(issue.projectId, issue.iid);
  if (action.type === 'create-note') return nudgesIn(notes, owner);
  return pingsIn(notes, owner).filter(({ body }) => pingMark(body)?.on === action.on);
}

function failed(type: Action['type'], detail: string): Outcome {
  return { type, outcome: 'failed', detail };
}
