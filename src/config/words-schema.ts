import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import type { DocumentKind } from '../model/document.ts';

const words = z.array(z.string().min(1).max(200)).max(500);
const list = (description: string) => words.default([]).describe(description);
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id such as `due-date`');
const names = z.record(id, words).default({});

const kindWords = z
  .strictObject({
    sections: names.describe('For each section, the headings that mean it.'),
    fields: names.describe('For each field, the labels that mean it.'),
    columns: names.describe(
      'For each field, names that mean it at the head of a column only: too common in sentences for a label.',
    ),
  })
  .prefault({})
  .describe('What sections and fields of this kind are called.');

/** The words around a value, by what they say of it. */
const around = z
  .strictObject({
    due: list('Before a date: it is the due date. "by", "until"'),
    'lead-in': list('Right before a date in a sentence, and no part of what is to be done. "by", "until"'),
    around: list('Before a time that is not a day. "in", "about"'),
    'before-date': list('Right before a date in a sentence: it may be the due date. "ready", "for"'),
    'takes-place': list('Before a date: the milestone itself happens then. "kick-off"'),
    'vague-time': list('A time that is not a day. "early", "next", "soon"'),
    period: list('Behind a number: a time that is not a day. "weeks"'),
    unit: list('Behind "3 of 4": what is counted, so that it is progress. "tasks", "done"'),
    number: list('The numbers of items, from one on.'),
    ordinal: list('The same before the name of an item. "first"'),
    'no-day': list(
      'Where a date was moved to: with month or quarter, a time that is not a day. "later", "half"',
    ),
    start: list('Before a date: something begins on it. "from", "not before"'),
    relative: list('Before a date: the due date lies somewhere around it. "after", "week of"'),
    event: list('Before a date: something else happened on it. "agreed on", "created"'),
    planned: list('Before a date: it counts only where there is no other. "planned for", "draft by"'),
    slips: list('Behind a date: it may not hold. "slips by", "cancelled"'),
    was: list('Before a value: it counted once. "was", "originally"'),
    from: list('Before a value: it was replaced by the next one. "moved from"'),
    not: list('Before a value: it is not the value. "not", "instead of"'),
    now: list('Before a value: it replaces the one before. "now", "moved to"'),
    doubt: list('Next to a value: the writer is not sure. "probably"'),
    'other-people': list('Before a person: named for another reason. "reviewer", "thanks"'),
    preposition: list('Before a person in a sentence: not clearly the one responsible. "with", "for"'),
    second: list('Before the label of a person: not the first one. "backup"'),
    owner: list('Before a person: the one responsible. "owner", "led by"'),
    'is-owner': list('Behind a person in a sentence: the one responsible. "is the DRI"'),
    gone: list('Behind a person: not the one responsible. "declined", "is on leave"'),
    target: list('Before a percentage: not what is done. "planned", "target"'),
    actual: list('Before a percentage: what is done. "achieved", "currently"'),
    left: list('Next to a percentage: what is not done. "remaining"'),
    'amount-of': list('Behind a percentage: of something else. "of the budget", "confident"'),
    neutral: list('Before a status: it changes nothing. "we are", "still"'),
    future: list('Behind or before a state: it is not reached yet. "by", "almost"'),
    'last-week': list('In the heading of an update: what is over.'),
    'this-week': list(
      'In the heading of an update: done, or to come where another heading says what is over.',
    ),
    'week-of': list('Before the date of a week. "week of"'),
    'last-update': list('Before a date in the title of an update: not the week. "last update"'),
    item: list(
      'Before a number: the name of one item of the list, next to what the template calls it. "milestone"',
    ),
    percent: list('Behind a number: the same as %. "percent"'),
    self: list('Before a percentage in a sentence: it is that of the whole. "we", "overall"'),
    is: list('Between a label and its value, without a colon. "is"'),
    filler: list('At the end of a name, without meaning of its own. "so far"'),
    aside: list(
      'At the beginning of a line: a remark to others, no part of the field above. "fyi", "thanks"',
    ),
    note: list('Before a colon: a remark on the field or section it is in. "note"'),
    'and-so-on': list('A line of nothing but this is not an item. "etc"'),
    total: list('A row of a table that begins with it sums up the others and is not an item. "total"'),
    none: list('A value that says that there is none. "n/a"'),
    team: list('At the end of a name: a group, not a person. "team"'),
    because: list('Behind a status of one word: how it goes on. "blocked by …", "red because …"'),
    but: list('Between two statuses: both are said. "but"'),
    hindrance: list('What held things up. "blocker", "risk"'),
    resolved: list('Behind it: it does so no longer. "resolved"'),
    'out-of': list('Between two numbers: a count. "3 of 5"'),
    template: list('Before a value: only an example. "for example", "format"'),
  })
  .prefault({})
  .describe('The words around a value, by what they say of it.');

/** The small words inside a date. */
const dateWords = z
  .strictObject({
    of: list('"of" in "end of November"'),
    the: list('"the" in "by the 4th"'),
    end: list('"end" in "end of November"'),
    to: list('"to" in "16 to 20 November"'),
    or: list('"or" between two dates'),
    and: list('"and" between two dates'),
    quarter: list('"quarter" in "end of quarter"'),
    month: list('"month" in "end of the month"'),
    year: list('"year" in "end of the year"'),
    'end-of-quarter': list('One word for the end of the quarter: "Quartalsende"'),
    'end-of-month': list('One word for the end of the month.'),
    'end-of-year': list('One word for the end of the year.'),
    'end-of-fiscal-year': list('One word for the end of the fiscal year.'),
    between: list('"between" in "between 16 and 20 November"'),
    this: list('"this" in "end of this quarter"'),
    last: list('"last" in "last day of November"'),
    day: list('"day" in "last day of November"'),
    fiscal: list('"fiscal" in "end of fiscal year"'),
    calendar: list('"calendar" in "end of calendar year"'),
    clock: list('Behind a number: a time of day. "pm"'),
    part: list('Behind a month and a number: a part of the month, not a day. "week"'),
    'goes-on': list('Behind a date of bare numbers: the sentence goes on. "11/27 at noon"'),
    verb: list('Behind a month that is also a verb: it is the verb. "4 may be"'),
    ordinal: list('Behind the number of a day. "th"'),
    'not-months': list('Common words that happen to be the short name of a month in another language.'),
  })
  .prefault({})
  .describe('The small words inside a date. Months and weekdays are known in every language.');

function ofEachKind<T>(value: T): Record<DocumentKind, T> {
  return Object.fromEntries(documentKinds.map((kind) => [kind, value])) as Record<DocumentKind, T>;
}

/** The parts of a KR's title before its statement: `FY27 Q4 KR1 (Reference)`. */
const titleWords = z
  .strictObject({
    draft: list('Before everything else. "draft"'),
    'fiscal-year': list('Before a year, or right behind it. "FY"'),
    'calendar-year': list('Before a year that is the calendar\'s. "CY"'),
    'half-year': list('Before 1 or 2: half a year. "H"'),
    quarter: list('Before 1 to 4, or behind it. "Q", "quarter"'),
    'key-result': list('Before the number of the KR. "KR"'),
    objective: list('Before the number of the objective, which is not the KR\'s. "O", "OKR"'),
  })
  .prefault({})
  .describe('What the parts of the title of a KR are called.');

/** `words/<code>.yml`: how texts of a language call things; each list adds to those of the vocabulary. */
export const wordsSchema = z
  .strictObject({
    name: z.string().min(1).max(80).describe('What the language calls itself.'),
    placeholders: list('Words that stand for "not known yet".'),
    archived: list('Words of a summary line that make its block history.'),
    statuses: z
      .strictObject({
        'on-track': list('Words that mean on track.'),
        'at-risk': list('Words that mean at risk.'),
        'off-track': list('Words that mean off track.'),
      })
      .prefault({})
      .describe('What people write for a status.'),
    states: z
      .strictObject({
        done: list('Words of a status column that mean done.'),
        open: list('Words of a status column that mean open.'),
        inapplicable: list('Words of a status column that mean dropped.'),
      })
      .prefault({})
      .describe('What people write in the status column of a table of milestones.'),
    kinds: z
      .strictObject(ofEachKind(kindWords))
      .prefault({})
      .describe('What sections and fields are called, kind by kind.'),
    words: around,
    dates: dateWords,
    titles: titleWords,
  })
  .describe('How texts in one language call things. The file is named by its code, as `de.yml`.');

export type WordsFile = z.output<typeof wordsSchema>;
