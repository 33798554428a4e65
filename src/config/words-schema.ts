import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import { names, ofEach, states, statuses, words } from './word-lists.ts';

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
    due: words('Before a date: it is the due date. "by", "until"'),
    'lead-in': words('Right before a date in a sentence, and no part of what is to be done. "by", "until"'),
    around: words('Before a time that is not a day. "in", "about"'),
    'before-date': words('Right before a date in a sentence: it may be the due date. "ready", "for"'),
    'takes-place': words('Before a date: the milestone itself happens then. "kick-off"'),
    'vague-time': words('A time that is not a day. "early", "next", "soon"'),
    period: words('Behind a number: a time that is not a day. "weeks"'),
    unit: words('Behind "3 of 4": what is counted, so that it is progress. "tasks", "done"'),
    number: words('The numbers of items, from one on.'),
    ordinal: words('The same before the name of an item. "first"'),
    'no-day': words(
      'Where a date was moved to: with month or quarter, a time that is not a day. "later", "half"',
    ),
    start: words('Before a date: something begins on it. "from", "not before"'),
    relative: words('Before a date: the due date lies somewhere around it. "after", "week of"'),
    event: words('Before a date: something else happened on it. "agreed on", "created"'),
    planned: words('Before a date: it counts only where there is no other. "planned for", "draft by"'),
    slips: words('Behind a date: it may not hold. "slips by", "cancelled"'),
    was: words('Before a value: it counted once. "was", "originally"'),
    from: words('Before a value: it was replaced by the next one. "moved from"'),
    not: words('Before a value: it is not the value. "not", "instead of"'),
    now: words('Before a value: it replaces the one before. "now", "moved to"'),
    doubt: words('Next to a value: the writer is not sure. "probably"'),
    'other-people': words('Before a person: named for another reason. "reviewer", "thanks"'),
    preposition: words('Before a person in a sentence: not clearly the one responsible. "with", "for"'),
    second: words('Before the label of a person: not the first one. "backup"'),
    owner: words('Before a person: the one responsible. "owner", "led by"'),
    'is-owner': words('Behind a person in a sentence: the one responsible. "is the DRI"'),
    gone: words('Behind a person: not the one responsible. "declined", "is on leave"'),
    target: words('Before a percentage: not what is done. "planned", "target"'),
    actual: words('Before a percentage: what is done. "achieved", "currently"'),
    left: words('Next to a percentage: what is not done. "remaining"'),
    'amount-of': words('Behind a percentage: of something else. "of the budget", "confident"'),
    neutral: words('Before a status: it changes nothing. "we are", "still"'),
    future: words('Behind or before a state: it is not reached yet. "by", "almost"'),
    'last-week': words('In the heading of an update: what is over.'),
    'this-week': words(
      'In the heading of an update: done, or to come where another heading says what is over.',
    ),
    'week-of': words('Before the date of a week. "week of"'),
    'last-update': words('Before a date in the title of an update: not the week. "last update"'),
    item: words(
      'Before a number: the name of one item of the list, next to what the template calls it. "milestone"',
    ),
    percent: words('Behind a number: the same as %. "percent"'),
    self: words('Before a percentage in a sentence: it is that of the whole. "we", "overall"'),
    is: words('Between a label and its value, without a colon. "is"'),
    filler: words('At the end of a name, without meaning of its own. "so far"'),
    aside: words(
      'At the beginning of a line: a remark to others, no part of the field above. "fyi", "thanks"',
    ),
    note: words('Before a colon: a remark on the field or section it is in. "note"'),
    'and-so-on': words('A line of nothing but this is not an item. "etc"'),
    total: words('A row of a table that begins with it sums up the others and is not an item. "total"'),
    none: words('A value that says that there is none. "n/a"'),
    team: words('At the end of a name: a group, not a person. "team"'),
    because: words('Behind a status of one word: how it goes on. "blocked by …", "red because …"'),
    but: words('Between two statuses: both are said. "but"'),
    hindrance: words('What held things up. "blocker", "risk"'),
    resolved: words('Behind it: it does so no longer. "resolved"'),
    'out-of': words('Between two numbers: a count. "3 of 5"'),
    template: words('Before a value: only an example. "for example", "format"'),
  })
  .prefault({})
  .describe('The words around a value, by what they say of it.');

/** The small words inside a date. */
const dateWords = z
  .strictObject({
    of: words('"of" in "end of November"'),
    the: words('"the" in "by the 4th"'),
    end: words('"end" in "end of November"'),
    to: words('"to" in "16 to 20 November"'),
    or: words('"or" between two dates'),
    and: words('"and" between two dates'),
    quarter: words('"quarter" in "end of quarter"'),
    month: words('"month" in "end of the month"'),
    year: words('"year" in "end of the year"'),
    'end-of-quarter': words('One word for the end of the quarter: "Quartalsende"'),
    'end-of-month': words('One word for the end of the month.'),
    'end-of-year': words('One word for the end of the year.'),
    'end-of-fiscal-year': words('One word for the end of the fiscal year.'),
    between: words('"between" in "between 16 and 20 November"'),
    this: words('"this" in "end of this quarter"'),
    last: words('"last" in "last day of November"'),
    day: words('"day" in "last day of November"'),
    fiscal: words('"fiscal" in "end of fiscal year"'),
    calendar: words('"calendar" in "end of calendar year"'),
    clock: words('Behind a number: a time of day. "pm"'),
    part: words('Behind a month and a number: a part of the month, not a day. "week"'),
    'goes-on': words('Behind a date of bare numbers: the sentence goes on. "11/27 at noon"'),
    verb: words('Behind a month that is also a verb: it is the verb. "4 may be"'),
    ordinal: words('Behind the number of a day. "th"'),
    'not-months': words('Common words that happen to be the short name of a month in another language.'),
  })
  .prefault({})
  .describe('The small words inside a date. Months and weekdays are known in every language.');

/** The parts of a KR's title before its statement: `FY27 Q4 KR1 (Reference)`. */
const titleWords = z
  .strictObject({
    draft: words('Before everything else. "draft"'),
    'fiscal-year': words('Before a year, or right behind it. "FY"'),
    'calendar-year': words('Before a year that is the calendar\'s. "CY"'),
    'half-year': words('Before 1 or 2: half a year. "H"'),
    quarter: words('Before 1 to 4, or behind it. "Q", "quarter"'),
    'key-result': words('Before the number of the KR. "KR"'),
    objective: words('Before the number of the objective, which is not the KR\'s. "O", "OKR"'),
  })
  .prefault({})
  .describe('What the parts of the title of a KR are called.');

/** `words/<code>.yml`: how texts of a language call things; each list adds to those of the vocabulary. */
export const wordsSchema = z
  .strictObject({
    name: z.string().min(1).max(80).describe('What the language calls itself.'),
    placeholders: words('Words that stand for "not known yet".'),
    archived: words('Words of a summary line that make its block history.'),
    statuses: statuses('Words'),
    states,
    kinds: z
      .strictObject(ofEach(documentKinds, kindWords))
      .prefault({})
      .describe('What sections and fields are called, kind by kind.'),
    words: around,
    dates: dateWords,
    titles: titleWords,
  })
  .describe('How texts in one language call things. The file is named by its code, as `de.yml`.');

export type WordsFile = z.output<typeof wordsSchema>;
