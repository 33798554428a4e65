import { type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import type { DateField, ItemState, KrMilestone } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import type { LabelledValue } from '../labels.ts';
import { isLive, liveText, ownParts, type Reading } from '../reading.ts';
import { isBareValue, type RawMilestone } from '../recognisers/shapes.ts';
import { hasLetter } from '../signs.ts';
import { tickedIn } from '../values/choices.ts';
import { findDates, type PlacedDateField, readDate, trimValue } from '../values/dates.ts';
import type { DateReading } from '../values/found-date.ts';
import { findMentions, noOne, type People, readPeople } from '../values/people.ts';
import { dateReading, hasStruck, missingDate, placedDate } from './date-field.ts';
import { describe, isWordy, type Parts } from './milestone-description.ts';
import { beforeLine, type Taken } from './pieces.ts';
import { dateInSentence } from './sentence.ts';
import { peopleInSentence } from './sentence-people.ts';
import { knownIds, vagueEnd } from './vague-time.ts';
import { writtenFields } from './written-fields.ts';

/** Reads the fields of one milestone. */
export function readMilestone(reading: Reading, raw: RawMilestone): KrMilestone {
  const { states } = reading.kind;
  const isText = raw.form !== 'row' && raw.own.length > 0;
  const said = isText ? saidAtEdges(reading, raw) : { own: raw.own, state: null };
  const parts = split(reading, { ...raw, own: said.own });
  const due = pickDate(reading, parts);
  const dri = pickPeople(reading, parts);
  const described = describe(reading, parts, [...due.taken, ...dri.taken]);
  const stateWord = parts.fields.find(
    ({ id, value }) => id === 'state' && isLive(value) && states.isState(textOf(value)),
  );
  const state = raw.state ?? (stateWord === undefined ? said.state : states.of(liveText(stateWord.value)));
  return {
    label: parts.label,
    description: described.text,
    descriptionProblem: described.problem,
    dueDate: due.field,
    dris: dri.people.names,
    driText: dri.value === null ? '' : reading.placer.slice(reading.placer.outer(dri.value)),
    driProblem: dri.people.problem,
    ...(dri.people.certain ? {} : { driCertain: false }),
    state: state ?? 'open',
    // A row has no box: where no column says it either, no one has said that it is still open.
    ...(state === null && raw.form === 'row' ? { stateCertain: false } : {}),
    place: reading.placer.at(raw.start, raw.end),
    descriptionPlace: described.span === null ? null : reading.placer.of(described.span),
    driPlace: dri.value === null ? null : reading.placer.outer(dri.value),
    form: raw.form ?? 'item',
    written: writtenFields(reading, raw, parts.fields),
  };
}

/** The state that a text begins or ends with, and the text without it: `DONE Guide`, `Guide – @ann – done`. */
function saidAtEdges(
  { kind: { states, placeholders } }: Reading,
  raw: RawMilestone,
): { own: Span[]; state: ItemState | null } {
  const own = [...raw.own];
  const first = own[0] as Span;
  const keyword = raw.state === null ? states.keyword(textOf(first)) : null;
  if (keyword !== null) own[0] = within(first, first.start + keyword.end, first.end);
  const last = own.at(-1) as Span;
  const end = states.atEnd(textOf(last));
  // "Guide, @ann, pending": it is the day that is open.
  const isSaid = end !== null && !placeholders.isPlaceholder(end.said);
  if (isSaid) own[own.length - 1] = trimmed(within(last, last.start, last.start + end.at));
  return { own, state: keyword?.state ?? (isSaid ? end.state : states.ahead(textOf(first))) };
}

function split(reading: Reading, raw: RawMilestone): Parts {
  let skip = false;
  const parts: Parts = {
    label: null,
    free: [],
    remarks: [],
    fields: raw.cells.map((cell) => ({ ...cell, rank: 0 })),
  };
  for (const [index, span] of raw.own.entries()) {
    const { label, rest } =
      index === 0 || parts.free.every((one) => !isLive(one))
        ? reading.kind.items.cut(span)
        : { label: null, rest: span };
    parts.label ??= label;
    const id =
      raw.own.length > 1 && rest.end - rest.start < 60 ? reading.kind.columns.idOf(textOf(rest)) : null;
    const next = raw.own[index + 1];
    if (skip) skip = false;
    else if (id !== null && next !== undefined && reading.kind.labels.find(next).length === 0) {
      parts.fields.push({ id, value: trimValue(next), rank: 0 });
      skip = true;
    } else {
      const described = raw.cells.length === 0 && parts.free.some(isWordy);
      splitSpan(reading, rest, parts, described ? parts.remarks : parts.free);
    }
  }
  for (const span of raw.beneath) splitSpan(reading, span, parts, parts.remarks);
  return parts;
}

function splitSpan(reading: Reading, span: Span, parts: Parts, free: Span[]): void {
  const values = reading.kind.labels.find(span);
  const [first] = values;
  free.push(first === undefined ? span : within(span, span.start, first.label.start));
  const own = values.findIndex((one) => isDescription(reading, one, parts, values));
  for (const [index, { id, value, rank, label: name }] of values.entries()) {
    if (index === own) {
      free.push(within(value, id === 'state' ? value.start : name.start, value.end));
      continue;
    }
    const cut = closingBracket(value);
    const inner = within(value, value.start, cut);
    const label = { name, whole: within(name, name.start, value.start) };
    parts.fields.push({ id, value: trimValue(inner), rank, label });
    if (cut < value.end) free.push(within(value, cut + 1, value.end));
  }
}

/** `DONE: invitation (Dec 11, @ann)`, `Kick-off in Berlin`: what looks like a label is all there is of a description. */
function isDescription(
  reading: Reading,
  { id, label, value }: LabelledValue,
  parts: Parts,
  all: readonly LabelledValue[],
): boolean {
  if (id !== 'state' && id !== 'start-date') return false;
  if (parts.free.some(isWordy) || parts.fields.length > 0) return false;
  if (all.some((one) => one.label.start < label.start && one.id !== 'description')) return false;
  if (all.some((one) => one.id === 'description' && isWordy(one.value))) return false;
  const said = trimValue(value);
  return (
    /\p{L}{2}/u.test(textOf(said)) &&
    !isBareValue(reading, said) &&
    !reading.kind.placeholders.isValue(said) &&
    (id !== 'state' || !reading.kind.states.isState(textOf(said)))
  );
}

/** Where a bracket closes that was opened before the value: `(Due: Dec 4) Publish`. */
function closingBracket(value: Span): number {
  const { text } = value.rich;
  let depth = 0;
  for (let at = value.start; at < value.end; at += 1) {
    const char = text[at];
    if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return value.end;
}

interface PickedDate {
  field: DateField;
  taken: Taken[];
}

function pickDate(reading: Reading, parts: Parts): PickedDate {
  const labelled = parts.fields.filter(({ id }) => id === 'due-date').toSorted((a, b) => a.rank - b.rank);
  const read = labelled.map(({ value }) => dateOf(reading, value));
  const chosen = read.find((field) => field.problem !== 'missing') ?? read[0];
  if (chosen !== undefined) {
    for (const { value } of labelled) ownParts(reading, value);
    return { field: placedDate(reading, withoutPeople(reading, chosen)), taken: [] };
  }
  const spans = [
    ...parts.free,
    ...parts.remarks,
    ...parts.fields.filter(({ id }) => id === 'dri' || id === 'description').map(({ value }) => value),
  ];
  const found = dateInSentence(spans, dateReading(reading), reading.kind.placeholders);
  return found === null
    ? { field: missingDate(), taken: [] }
    : { field: placedDate(reading, withoutPeople(reading, found.field)), taken: found.taken };
}

/** Of "@ann, Dec 4" and "Dec 4 (@ann)" the date: people next to it are another field's text. */
function withoutPeople(reading: Reading, field: PlacedDateField): PlacedDateField {
  const { span } = field;
  const mentions = span === null ? [] : findMentions(span, reading.groups);
  if (span === null || mentions.length === 0) return field;
  const dates = findDates(span, dateReading(reading));
  const from = dates[0]?.span.start ?? span.start;
  const to = dates.at(-1)?.span.end ?? from;
  const before = mentions.findLast((mention) => mention.span.end <= from)?.span.end ?? span.start;
  const after = mentions.find((mention) => mention.span.start >= to)?.span.start ?? span.end;
  const own = trimValue(within(span, before, Math.max(before, after)));
  return isLive(own) ? { ...field, span: own, raw: textOf(own) } : field;
}

/** "KR2 has Dec 18", "ask @bo again on Dec 1": in the clause of the date more is said than when it is. */
function hasMoreToSay(value: Span, how: DateReading): boolean {
  const [first] = findDates(value, how);
  const clause = /[^,;()\n]*$/u.exec(first?.before ?? '')?.[0] ?? '';
  const said = (clause.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => how.words.weekday(word) === 0);
  return said.filter((word) => !how.cues.is(word, knownIds)).length > 1;
}

/** Of a value with struck dates only what replaced them is the text that was read. */
function dateOf(reading: Reading, whole: Span): PlacedDateField {
  const [only, ...more] = tickedIn(textOf(whole)) ?? [];
  const value =
    only === undefined || more.length > 0
      ? whole
      : trimmed(within(whole, whole.start + only.start, whole.start + only.end));
  const how = dateReading(reading);
  const { placeholders, phrases } = reading.kind;
  const read = readDate(value, how, (span) => placeholders.isValue(span));
  if (read.date !== null && hasMoreToSay(value, how) && phrases.find(value).length === 0)
    read.certain = false;
  if (read.span === null || !hasStruck(value))
    return { ...read, ...(read.span === null ? {} : { span: value, raw: textOf(value) }) };
  return { ...read, raw: textOf(read.span) };
}

interface PickedPeople {
  people: People;
  value: Span | null;
  taken: Taken[];
}

function pickPeople(reading: Reading, parts: Parts): PickedPeople {
  const { groups, kind } = reading;
  const how = {
    groups,
    cues: kind.cues,
    isPlaceholder: (span: Span) => kind.placeholders.isValue(span),
    isPlaceholderName: (name: string) => kind.placeholders.isName(name),
  };
  const labelled = parts.fields
    .filter(({ id }) => id === 'dri')
    .map(({ value }) => withoutAside(value, kind.cues))
    .map((value) => ({ value, people: readPeople(value, how) }));
  const named = labelled.filter(({ people }) => people.problem !== 'missing');
  const chosen = named.find(({ people }) => !people.others) ?? named[0] ?? labelled[0];
  if (chosen !== undefined) {
    ownParts(reading, chosen.value);
    const value = withoutDates(reading, chosen.value);
    return { people: chosen.people, value: isLive(value) ? value : null, taken: [] };
  }
  const spans = [
    ...parts.free,
    ...parts.remarks,
    ...parts.fields.filter(({ id }) => id === 'due-date' || id === 'description').map(({ value }) => value),
  ];
  const found = peopleInSentence(spans, how, dateReading(reading), kind.placeholders);
  if (found === null) return { people: noOne('missing'), value: null, taken: [] };
  return { people: found.people, value: withoutDates(reading, found.span), taken: found.taken };
}

/** Of "@ann, Dec 4" the people: a date next to them is another field's text. */
function withoutDates(reading: Reading, span: Span): Span {
  const dates = findDates(span, dateReading(reading));
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) {
    const vague = vagueEnd(span, dateReading(reading));
    return vague === null ? span : trimValue(within(span, span.start, vague.start));
  }
  const mentions = findMentions(span, reading.groups);
  const named = mentions[0];
  if (named !== undefined) return within(span, named.span.start, mentions.at(-1)?.span.end ?? span.end);
  const before = trimValue(within(span, span.start, first.span.start));
  const own = hasLetter(textOf(before)) ? before : trimValue(within(span, last.span.end, span.end));
  return hasLetter(textOf(own)) ? own : span;
}

/** Without what follows the people: `@ann Notes: with @bo`. */
function withoutAside(value: Span, cues: Cues): Span {
  const said = beforeLine(value, cues, ['aside', 'and-so-on']);
  const text = textOf(said);
  const note = cues
    .each(text, ['note', 'aside'])
    .find(({ at, end }) => at > 0 && /^\s*:/.test(text.slice(end)));
  return note === undefined ? said : trimmed(within(said, said.start, said.start + note.at));
}
