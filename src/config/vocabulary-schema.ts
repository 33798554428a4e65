import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import type { DocumentKind } from '../model/document.ts';
import { patternSchema } from './patterns.ts';

const words = z.array(z.string().min(1).max(200)).max(500);
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id such as `due-date`');
const names = z.record(id, words).default({});

const furtherMonths = words.default([]).describe('What this month is called besides its English name.');

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
    placeholders: words.default([]).describe('Words that stand for "not known yet".'),
    archived: words.default([]).describe('Words of a summary line that make its block history.'),
    leftovers: words
      .default([])
      .describe("Lines of the template's surroundings that are copied along with it."),
    months: z
      .strictObject({
        january: furtherMonths,
        february: furtherMonths,
        march: furtherMonths,
        april: furtherMonths,
        may: furtherMonths,
        june: furtherMonths,
        july: furtherMonths,
        august: furtherMonths,
        september: furtherMonths,
        october: furtherMonths,
        november: furtherMonths,
        december: furtherMonths,
      })
      .prefault({})
      .describe('What the months are called besides their English names: `december: [diciembre, dic]`.'),
    statuses: z
      .strictObject({
        'on-track': words.default([]).describe('Words and emoji that mean on track.'),
        'at-risk': words.default([]).describe('Words and emoji that mean at risk.'),
        'off-track': words.default([]).describe('Words and emoji that mean off track.'),
      })
      .prefault({})
      .describe('What people write for a status.'),
    states: z
      .strictObject({
        done: words.default([]).describe('Words of a status column that mean done.'),
        open: words.default([]).describe('Words of a status column that mean open.'),
        inapplicable: words.default([]).describe('Words of a status column that mean dropped.'),
      })
      .prefault({})
      .describe('What people write in the status column of a table of milestones.'),
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
      .strictObject(
        Object.fromEntries(documentKinds.map((kind) => [kind, kindWords])) as Record<
          DocumentKind,
          typeof kindWords
        >,
      )
      .prefault({})
      .describe('What sections and fields are called, kind by kind.'),
  })
  .describe(
    'How people of this team call things: other names, words that stand for a value, words that stand for nothing.',
  );

export type VocabularyFile = z.output<typeof vocabularySchema>;
