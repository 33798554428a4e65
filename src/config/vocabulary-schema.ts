import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import { monthNames } from '../model/calendar.ts';
import { patternSchema } from './patterns.ts';
import { names, ofEach, states, statuses, words } from './word-lists.ts';

const furtherMonths = words('What this month is called besides its English name.');

const kindWords = z
  .strictObject({
    sections: names.describe('For each section of the template, the headings that mean it.'),
    fields: names.describe('For each field of the template, the labels that mean it.'),
  })
  .prefault({})
  .describe('What sections and fields of this kind are called.');

/** `vocabulary.yml`: how people of this team call things. */
export const vocabularySchema = z
  .strictObject({
    placeholders: words('Words that stand for "not known yet".'),
    archived: words('Words of a summary line that make its block history.'),
    leftovers: words("Lines of the template's surroundings that are copied along with it."),
    months: z
      .strictObject(ofEach(monthNames, furtherMonths))
      .prefault({})
      .describe('What the months are called besides their English names: `december: [diciembre, dic]`.'),
    statuses: statuses('Words and emoji'),
    states,
    'okr-links': z
      .strictObject({
        records: z
          .array(patternSchema)
          .max(100)
          .default([])
          .describe('Addresses that are OKR records (RE2 patterns).'),
        'not-records': z
          .array(patternSchema)
          .max(100)
          .default([])
          .describe('Addresses that are none, such as dashboards (RE2 patterns).'),
      })
      .prefault({})
      .describe('Which links are OKR records.'),
    kinds: z
      .strictObject(ofEach(documentKinds, kindWords))
      .prefault({})
      .describe('What sections and fields are called, kind by kind.'),
  })
  .describe(
    'How people of this team call things: other names, words that stand for a value, words that stand for nothing.',
  );

export type VocabularyFile = z.output<typeof vocabularySchema>;
