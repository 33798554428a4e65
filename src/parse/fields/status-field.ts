import { type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import type { PercentField, StatusField } from '../../model/document.ts';
import type { LabelledValue } from '../labels.ts';
import { readName } from '../names.ts';
import {
  isLive,
  liveText,
  noteLeftover,
  ownParts,
  type Reading,
  sectionsOf,
  spansOf,
  spansOfSection,
} from '../reading.ts';
import type { Section } from '../section.ts';
import { beginsSmall, isAsked } from '../signs.ts';
import { tickedIn } from '../values/choices.ts';
import { trimValue } from '../values/dates.ts';
import { readPercent } from '../values/percent.ts';

/** What is under a name: the rest of its line, else the first paragraph below it. */
export function valueUnder(reading: Reading, id: string): Span | null {
  for (const section of sectionsOf(reading, id)) {
    for (const span of spansOfSection(section)) {
      if (!isLive(span) && !/_\s*%/.test(textOf(span))) continue;
      if (span === section.value && id === 'status' && isAside(reading, section)) continue;
      const line = firstLine(span);
      const named = readName(line, reading.kind.names, false);
      const value =
        named !== null && named.id === id && named.value.start < named.value.end ? named.value : line;
      const [next] = reading.kind.labels.find(value);
      const cut =
        next === undefined || next.label.start <= value.start
          ? value
          : within(value, value.start, next.label.start);
      return trimValue(cut);
    }
  }
  return null;
}

/** `Weekly update - Nov 16`: a title whose line says something else, with the status below it. */
function isAside(reading: Reading, { value, blocks }: Section): boolean {
  const isStatus = (span: Span): boolean => reading.kind.statuses.read(liveText(span)).problem !== 'unknown';
  if (value === null || isStatus(value)) return false;
  for (const span of spansOf(blocks)) if (isLive(span)) return isStatus(firstLine(span));
  return false;
}

function firstLine(span: Span): Span {
  const at = textOf(span).indexOf('\n');
  return at === -1 ? span : trimmed(within(span, span.start, span.start + at));
}

/** "Pipeline status: green": the label is the end of another name. */
function isOfSomethingElse({ label: { rich, start, end } }: LabelledValue): boolean {
  return (
    /\p{L}[^\S\n]$/u.test(rich.text.slice(Math.max(0, start - 2), start)) &&
    beginsSmall(rich.text.slice(start, end)) &&
    /^\s?[:：]/.test(rich.text.slice(end))
  );
}

/** The value of a field that shares its line with another: `Status: On Track, Progress: 40%`. */
export function valueOnOtherLine(reading: Reading, id: string): Span | null {
  for (const section of reading.sections) {
    for (const span of spansOfSection(section)) {
      if (section.id !== null && section.level < 7 && section.value !== span) continue;
      for (const labelled of reading.kind.labels.find(span)) {
        if (labelled.id === id && isLive(labelled.value) && !isOfSomethingElse(labelled))
          return trimValue(labelled.value);
      }
    }
  }
  return null;
}

/** Reads a status from its value; `null`: there is none. */
export function statusField(reading: Reading, value: Span | null): StatusField {
  if (value === null) return { raw: '', value: null, problem: 'missing', place: null };
  const raw = textOf(value);
  const place = reading.placer.of(value);
  const own = ownParts(reading, value);
  const text = own.map(liveText).join(' ');
  if (own.length === 0) return { raw, value: null, problem: 'placeholder', place };
  const ticked = tickedIn(text)
    ?.map(({ start, end }) => text.slice(start, end))
    .join(' / ');
  if (ticked?.trim() === '') return { raw, value: null, problem: 'placeholder', place };
  const read = reading.kind.statuses.read(ticked ?? text);
  if (read.problem === 'placeholder') noteLeftover(reading, value);
  const open = read.problem === 'unknown' && reading.kind.placeholders.isPlaceholder(text);
  const doubtful = read.value !== null && isDoubtful(text, reading);
  return {
    raw,
    value: read.value,
    problem: open ? 'placeholder' : read.problem,
    place,
    ...(doubtful ? { certain: false } : {}),
  };
}

/** "On track?", "probably on track" */
function isDoubtful(text: string, { kind: { cues } }: Reading): boolean {
  const [said = ''] = text.split(/[,;.(\n]/);
  return isAsked(text) || cues.first(said, ['doubt']) !== null;
}

/** The same; where the choices of the template were left whole, what a person typed below them. */
export function statusUnder(reading: Reading, id: string, value: Span | null): StatusField {
  const read = statusField(reading, value);
  if (read.problem !== 'placeholder') return read;
  for (const section of sectionsOf(reading, id)) {
    for (const span of spansOf(section.blocks)) {
      if (value !== null && span.rich === value.rich && span.start === value.start) continue;
      const own = statusField(reading, span);
      if (own.value !== null && reading.kind.statuses.isStatus(liveText(span))) return own;
    }
  }
  return read;
}

/** Reads a percentage from its value. */
export function percentField(reading: Reading, value: Span | null): PercentField {
  if (value === null || !(isLive(value) || /_/.test(textOf(value))))
    return { raw: '', value: null, problem: 'missing', place: null };
  const raw = textOf(value);
  const { placeholders, phrases, cues } = reading.kind;
  if (phrases.isPhrase(raw)) noteLeftover(reading, value);
  const read = readPercent(liveText(value), (text) => placeholders.isPlaceholder(text), cues);
  return { raw, ...read, place: reading.placer.of(value) };
}
