import { createHash } from 'node:crypto';
import type { Action, IssueAsRead } from '../model/action.ts';
import type { Finding, TextEdit } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import { applyEdits } from '../model/text-edits.ts';
import { code, isUserName } from '../text/markdown-escape.ts';
import type { Voice } from './comment/voice.ts';

/** What the bot changes on an issue by itself, where the policy lets it. */
export interface Fixes {
  actions: Action[];
  /** Findings that go away with it. */
  fixed: Finding[];
  /**
   * What was changed, now or before, as the marker keeps it: `due-date 2027-01-24`, `assignee ann`, `text` with short
   * hashes of what was taken out; what someone took back: `undone due-date 2027-01-24`.
   */
  changes: string[];
}

export interface FixInput {
  issue: Issue;
  findings: readonly Finding[];
  /** Ids of the rules whose fix the bot may apply. */
  allowed: readonly string[];
  members: ReadonlySet<string> | undefined;
  inactive: ReadonlySet<string> | undefined;
  /** What the marker says was changed before. */
  before: readonly string[];
}

/** The changes that the policy allows and that are certain. Each holds only for the issue as it was read. */
export function planFixes(input: FixInput): Fixes {
  const { issue, findings, allowed, before } = input;
  // Most policies let the bot fix nothing by itself.
  if (allowed.length === 0 && before.length === 0) return { actions: [], fixed: [], changes: [] };
  const candidates = findings.filter(({ rule, noteId }) => allowed.includes(rule) && noteId === undefined);
  const read: IssueAsRead = {
    description: issue.description,
    dueDate: issue.dueDate,
    assignees: issue.assignees.map(({ username }) => username),
  };
  const actions: Action[] = [];
  const fixed: Finding[] = [];
  const changes: string[] = [];
  const day = proposed(candidates, 'issue-due-date');
  if (
    day !== null &&
    /^\d{4}-\d{2}-\d{2}$/.test(day.value) &&
    !isUndone(`due-date ${day.value}`, before, issue)
  ) {
    const detail = `set the due date to ${day.value}`;
    actions.push({ type: 'update-due-date', dueDate: day.value, read, detail });
    changes.push(`due-date ${day.value}`);
    fixed.push(day.finding);
  }
  const person = proposed(candidates, 'assignees');
  const name = person?.value.replace(/^@/, '') ?? '';
  if (person !== null && mayBeAssigned(name, input) && !isUndone(`assignee ${name}`, before, issue)) {
    actions.push({ type: 'update-assignees', usernames: [name], read, detail: `assign ${name}` });
    changes.push(`assignee ${name}`);
    fixed.push(person.finding);
  }
  const takenOut = new Set(before.flatMap(passagesOf));
  const edited = candidates.flatMap((finding) => {
    const { edit } = finding;
    return edit === null ? [] : [{ finding, edit, passage: passage(edit, issue.description) }];
  });
  const texts = edited.filter((one) => !takenOut.has(one.passage));
  const isPutBack = texts.length < edited.length;
  if (texts.length > 0) {
    const edits = texts.map(({ edit }) => edit);
    const detail = 'take leftovers of the template out of the description';
    actions.push({
      type: 'edit-description',
      description: applyEdits(issue.description, edits),
      read,
      detail,
    });
    const passages = new Set([...takenOut, ...texts.map((one) => one.passage)]);
    changes.push(`text ${[...passages].slice(-MOST_PASSAGES).join(',')}`);
    fixed.push(...texts.map(({ finding }) => finding));
  }
  const made = new Set(changes.map(whatOf));
  const kept = before.filter((change) => !made.has(whatOf(change)));
  const known = kept.map((change) =>
    isUndone(change, before, issue) || (whatOf(change) === 'text' && isPutBack) ? undone(change) : change,
  );
  return { actions, fixed, changes: [...known, ...changes].slice(-3) };
}

/** How a change is kept that someone took back: it is not told any more, and not made again. */
const undone = (change: string): string => `${UNDONE}${change.replace(UNDONE, '')}`;
const UNDONE = 'undone ';

/** Which of the three it is, taken back or not. */
const whatOf = (change: string): string | undefined => change.replace(UNDONE, '').split(' ')[0];

/** So many passages taken out of a text are remembered, the last ones. */
const MOST_PASSAGES = 16;

/** A passage that is taken out, as the marker remembers it: put back by a person, it stays. */
function passage({ place: { start, end } }: TextEdit, description: string): string {
  const text = description.slice(start.offset, end.offset).trim();
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function passagesOf(change: string): string[] {
  const [what, hashes = ''] = change.replace(UNDONE, '').split(' ');
  return what === 'text' && hashes !== '' ? hashes.split(',') : [];
}

function isUndone(change: string, before: readonly string[], issue: Issue): boolean {
  return before.includes(undone(change)) || (before.includes(change) && !stillTrue(change, issue));
}

function proposed(findings: readonly Finding[], field: string): { value: string; finding: Finding } | null {
  for (const finding of findings)
    for (const proposal of finding.proposals ?? [])
      if (proposal.field === field && proposal.value !== null) return { value: proposal.value, finding };
  return null;
}

function mayBeAssigned(name: string, { members, inactive }: FixInput): boolean {
  const key = name.toLowerCase();
  return isUserName(name) && members?.has(key) === true && inactive?.has(key) !== true;
}

function stillTrue(change: string, { dueDate, assignees }: Issue): boolean {
  const [what, value] = change.split(' ');
  if (what === 'due-date') return dueDate === value;
  if (what === 'assignee') return assignees.some(({ username }) => username === value);
  return what === 'text';
}

/** What was changed and how to undo it. */
export function changeLines(changes: readonly string[], voice: Voice): string[] {
  return changes.flatMap((change) => {
    const [what, value = ''] = change.split(' ');
    if (what === 'due-date') return [voice.say('changed-due-date', { value })];
    if (what === 'assignee') return [voice.say('changed-assignee', { value: code(value, 80) })];
    return what === 'text' ? [voice.say('changed-text')] : [];
  });
}
