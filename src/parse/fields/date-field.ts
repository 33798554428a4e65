import { marks, type Span, segmentsIn } from '../../markdown/rich-text.ts';
import { quarterRange } from '../../model/calendar.ts';
import type { DateField, KrTitle } from '../../model/document.ts';
import type { Reading } from '../reading.ts';
import type { PlacedDateField } from '../values/dates.ts';
import type { DateReading } from '../values/found-date.ts';
import { readTitle } from '../values/title.ts';
import { titleWordsOf } from '../values/title-words.ts';

const readings = new WeakMap<Reading, DateReading>();
const titles = new WeakMap<Reading, KrTitle>();

/** The title of the issue, read once. */
export function titleOf(reading: Reading): KrTitle {
  const title = titles.get(reading) ?? readTitle(reading.context.title, titleWordsOf(reading.kind.grammar));
  titles.set(reading, title);
  return title;
}

/** How dates of a KR are read: against the quarter its title names. */
export function dateReading(reading: Reading): DateReading {
  const known = readings.get(reading);
  if (known !== undefined) return known;
  const { fiscalYear, quarter } = titleOf(reading);
  const { calendar, dates, cues } = reading.kind;
  const made: DateReading = {
    frame: {
      calendar,
      quarter: fiscalYear === null || quarter === null ? null : quarterRange(fiscalYear, quarter, calendar),
    },
    words: dates,
    cues,
  };
  readings.set(reading, made);
  return made;
}

export const missingDate = (): DateField => ({
  raw: '',
  date: null,
  inferred: false,
  problem: 'missing',
  place: null,
});

/** A field with the place of what was read. */
export function placedDate(reading: Reading, field: PlacedDateField): DateField {
  const { span, ...rest } = field;
  return { ...rest, place: span === null ? null : reading.placer.of(span) };
}

export const hasStruck = (span: Span): boolean => {
  for (const segment of segmentsIn(span)) if ((segment.marks & marks.struck) !== 0) return true;
  return false;
};
