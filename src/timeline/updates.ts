import { addDays, dayIn, mondayOf } from '../model/days.ts';
import type { DocumentOf } from '../model/document.ts';
import type { Note } from '../model/issue.ts';
import { commentHash, isEditedAfterItsWeek, type RememberedWeek } from '../model/remembered-weeks.ts';
import type { Timeline, UpdateEntry } from '../model/timeline.ts';
import { newestUpdate } from '../model/updates.ts';

export type UpdateDocument = DocumentOf<'weekly-update'> | DocumentOf<'check-in'>;

export interface UpdatesInput {
  issue: { url: string };
  /** Comments of people, oldest first. */
  comments: readonly Note[];
  /** What is read from a comment as an update of the kind that belongs here. */
  read: (note: Note) => UpdateDocument | null;
  timeZone: string;
  /** What our marker remembers of earlier weeks. */
  remembered: readonly RememberedWeek[];
  /** User names in lower case: of these, a comment that is almost an update is worth a word. */
  owners: ReadonlySet<string>;
}

type Found = Pick<Timeline, 'updates' | 'almostUpdate' | 'blankUpdate'>;

/** Finds the weekly updates or check-ins among the comments, by their form. */
export function findUpdates(input: UpdatesInput): Found {
  const { issue, comments, read, timeZone, owners } = input;
  const remembered = new Map(input.remembered.map((week) => [week[0], week]));
  const updates: UpdateEntry[] = [];
  let blank: UpdateEntry | null = null;
  let almost: { entry: UpdateEntry; lacks: readonly string[] } | null = null;
  for (const note of comments) {
    const document = read(note);
    if (document === null) continue;
    const isNoChange = isNoChangeLine(note.body);
    const form = isNoChange ? 'update' : formOf(document, note.body);
    const entry = withMemory(entryOf(note, document, { issue, timeZone, isNoChange }), remembered, timeZone);
    if (form === 'update') updates.push(entry);
    else if (form === 'blank') blank = entry;
    else if (form === 'almost' && owners.has(note.author.username.toLowerCase()))
      almost = { entry, lacks: lacking(document) };
  }
  const newest = newestUpdate({ updates });
  // What was said after a week's update and before the next is talk, not an update that failed.
  const isNews = (entry: UpdateEntry) => newest === null || entry.countsFor > newest.countsFor;
  return {
    updates,
    blankUpdate: blank !== null && isAfter(blank, newest) ? blank : null,
    almostUpdate:
      almost !== null && isNews(almost.entry)
        ? {
            noteId: almost.entry.noteId,
            url: almost.entry.url,
            author: almost.entry.author,
            lacks: almost.lacks,
          }
        : null,
  };
}

const isAfter = (entry: UpdateEntry, other: UpdateEntry | null): boolean =>
  other === null || Date.parse(entry.createdAt) > Date.parse(other.createdAt);

/** An update that was edited after its week says now what it did not say then. */
function withMemory(
  entry: UpdateEntry,
  remembered: ReadonlyMap<string, RememberedWeek>,
  timeZone: string,
): UpdateEntry {
  const [, status = null, percent = null, hash = null] = remembered.get(entry.countsFor) ?? [];
  if (hash === null || hash === commentHash(entry.body) || !isEditedAfterItsWeek(entry, timeZone))
    return entry;
  return { ...entry, saidThen: { status, percent } };
}

/** More than a week ahead of its writing, a date is a slip of the pen: it must not count as years of updates. */
const ahead = 7;

function entryOf(
  { id, author, createdAt, updatedAt, body }: Note,
  document: UpdateDocument,
  { issue, timeZone, isNoChange }: { issue: { url: string }; timeZone: string; isNoChange: boolean },
): UpdateEntry {
  const written = mondayOf(dayIn(createdAt, timeZone));
  const named = !isNoChange && document.kind === 'weekly-update' ? document.weekOf.date : null;
  const week = named === null ? null : mondayOf(named);
  const percent = document.kind === 'weekly-update' ? document.percentComplete.value : null;
  return {
    kind: document.kind,
    noteId: id,
    url: `${issue.url}#note_${id}`,
    author: author.username,
    createdAt,
    edited: Date.parse(updatedAt) !== Date.parse(createdAt),
    editedAt: Date.parse(updatedAt) === Date.parse(createdAt) ? null : updatedAt,
    saidThen: null,
    week,
    status: isNoChange ? null : document.status.value,
    percent: isNoChange ? null : percent,
    countsFor: week === null || week > addDays(written, ahead) ? written : week,
    isNoChange,
    document,
    body,
  };
}

/** `no change`, alone in a comment, perhaps below a title. */
function isNoChangeLine(body: string): boolean {
  if (body.length > 200) return false;
  const lines = body.split('\n').map((line) =>
    line
      .replace(/[*_#`>:.!\s-]+/g, ' ')
      .trim()
      .toLowerCase(),
  );
  const said = lines.filter((line) => line !== '');
  if (said.length === 2 && isTitle(body.split('\n', 1)[0] ?? '')) said.shift();
  const [only = '', ...more] = said;
  if (more.length > 0 || body.trimStart().startsWith('>')) return false;
  const text = only.replace(/^(?:weekly )?(?:kr )?update /, '');
  return /^(?:no|nothing) changed?s?(?: (?:this|since last) week)?$/.test(text) || text === 'unchanged';
}

/** `## Weekly KR update …`: a line that says of itself what the comment is. */
function isTitle(line: string): boolean {
  const text = line.replace(/[*_#`]+/g, ' ').trim();
  return (
    text.length <= 120 &&
    !/[?]/.test(text) &&
    /\bweek(?:ly)?\b/i.test(text) &&
    /\b(?:update|status|report|check-?in)\b/i.test(text)
  );
}

type Form = 'update' | 'blank' | 'almost' | 'other';

/**
 * Whether a comment is an update: by the fields of the template that are there, filled in or not. A title that says so
 * makes up for one that is missing; an untouched template is one that no one filled in.
 */
function formOf(document: UpdateDocument, body: string): Form {
  const fields = fieldsOf(document);
  const present = fields.filter(({ problem }) => problem !== 'missing');
  const core = present.filter(({ isWeek }) => !isWeek);
  if (core.length === 0) return 'other';
  const titled = isTitle(firstLine(body));
  const isUpdate =
    document.kind === 'check-in'
      ? core.length === 3 || (core.length === 2 && titled)
      : present.length >= 3 || (core.length >= 2 && titled);
  if (isUpdate) return core.some(({ problem }) => isAnswered(problem)) ? 'update' : 'blank';
  return present.length >= 2 || titled ? 'almost' : 'other';
}

/** Something was written there, be it wrong: 110 %, two statuses. */
const isAnswered = (problem: string | null): boolean =>
  problem === null || !['missing', 'empty', 'placeholder'].includes(problem);

const firstLine = (body: string): string =>
  body.split('\n').find((line) => line.trim() !== '' && !line.trimStart().startsWith('>')) ?? '';

interface Field {
  name: string;
  problem: string | null;
  isWeek?: true;
}

function fieldsOf(document: UpdateDocument): Field[] {
  if (document.kind === 'check-in')
    return [
      { name: 'the status', problem: document.status.problem },
      { name: 'what was accomplished', problem: document.accomplished.problem },
      { name: 'the next steps', problem: document.nextSteps.problem },
    ];
  return [
    { name: 'the week', problem: document.weekOf.problem, isWeek: true },
    { name: 'the status', problem: document.status.problem },
    { name: 'the percentage', problem: document.percentComplete.problem },
    { name: 'what was completed', problem: document.completed.problem },
    { name: 'the next steps', problem: document.nextSteps.problem },
  ];
}

const lacking = (document: UpdateDocument): string[] =>
  fieldsOf(document)
    .filter(({ problem }) => problem === 'missing')
    .map(({ name }) => name);
