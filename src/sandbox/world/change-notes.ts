import { appendNote } from './system-notes.ts';
import type { Act, Issue, World } from './types.ts';

/** What of an issue system notes tell. */
export type Told = Pick<Issue, 'title' | 'description' | 'dueDate' | 'assigneeIds' | 'confidential'>;

export function toldOf({ title, description, dueDate, assigneeIds, confidential }: Issue): Told {
  return { title, description, dueDate, assigneeIds: [...assigneeIds], confidential };
}

/** The system notes that GitLab leaves after one save, in its words (docs/gitlab.md §24). */
export function noteChanges({ world, issue, user }: Act, before: Told): void {
  const bodies = [
    ...titleNote(before.title, issue.title),
    ...descriptionNotes(before.description ?? '', issue.description ?? ''),
    ...assigneesNote(world, before.assigneeIds, issue.assigneeIds),
    ...dueDateNote(before.dueDate, issue.dueDate),
    ...(before.confidential === issue.confidential
      ? []
      : [issue.confidential ? 'made the issue confidential' : 'made the issue visible to everyone']),
  ];
  for (const body of bodies) appendNote(world, issue, { body, authorId: user.id, system: true });
}

/** The words that differ are marked, as in a diff. */
function titleNote(before: string, after: string): string[] {
  if (before === after) return [];
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (end < longest && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const marked = (text: string, open: string, close: string): string => {
    const middle = text.slice(start, text.length - end);
    const inner = middle === '' ? '' : `{${open}${middle}${close}}`;
    return `**${text.slice(0, start)}${inner}${text.slice(text.length - end)}**`;
  };
  return [`changed title from ${marked(before, '-', '-')} to ${marked(after, '+', '+')}`];
}

interface Task {
  text: string;
  done: boolean;
}

const taskLine = /^(?:>\s{0,4})*(?:\s*(?:[-+*]|\d{1,9}[.)]))+\s+\[([ xX~])\]\s(.+)$/;

function tasksOf(text: string): Task[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = taskLine.exec(line);
    return found === null ? [] : [{ text: (found[2] ?? '').trim(), done: /x/i.test(found[1] ?? '') }];
  });
}

/** Ticks are told where the item at the same position has the same text; then nothing is said of the description. */
function descriptionNotes(before: string, after: string): string[] {
  if (before === after) return [];
  const old = tasksOf(before);
  const ticked = tasksOf(after).filter(
    ({ text, done }, index) => old[index]?.text === text && old[index].done !== done,
  );
  if (ticked.length === 0) return ['changed the description'];
  return ticked.map(
    ({ text, done }) =>
      `marked the checklist item **${escaped(text)}** as ${done ? 'completed' : 'incomplete'}`,
  );
}

/** Markdown's signs are escaped, and HTML comments lose their delimiters. */
function escaped(text: string): string {
  return text.replace(/<!--|-->/g, '').replace(/[\\`*_{}[\]()#+\-.!<>~|="]/g, String.raw`\$&`);
}

function assigneesNote(world: World, before: readonly number[], after: readonly number[]): string[] {
  const names = (ids: readonly number[]) =>
    sentence(ids.map((id) => `@${world.users.get(id)?.username ?? 'ghost'}`));
  const added = after.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !after.includes(id));
  const parts = [
    ...(added.length === 0 ? [] : [`assigned to ${names(added)}`]),
    ...(removed.length === 0 ? [] : [`unassigned ${names(removed)}`]),
  ];
  return parts.length === 0 ? [] : [parts.join(' and ')];
}

/** `a`, `a and b`, `a, b, and c` */
function sentence(words: readonly string[]): string {
  if (words.length < 3) return words.join(' and ');
  return `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}`;
}

function dueDateNote(before: string | null, after: string | null): string[] {
  if (before === after) return [];
  if (after === null) return ['removed due date'];
  const long = new Date(`${after}T00:00:00Z`).toLocaleDateString('en-US', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return [`changed due date to ${long}`];
}
