import { z } from 'zod';
import { type Listing, listingText } from '../model/listing.ts';
import { englishPhrases, type PhraseId, type Phrases } from '../model/phrases.ts';
import type { RuleTexts } from '../rules/rule.ts';
import { englishMonths } from '../rules/shared/days.ts';
import type { ConfigError } from './config-error.ts';
import type { Layer } from './layers.ts';
import { mergeAll } from './merge.ts';
import { messageConfigErrors } from './message-checks.ts';
import { ourRules } from './our-rules.ts';
import { valueAt } from './zod-words.ts';

const sentence = z
  .string()
  .min(1)
  .max(600)
  .regex(/^[^\r\n]*$/, 'one line');

const phraseIds = Object.keys(englishPhrases) as PhraseId[];

const phrases = z
  .strictObject(
    Object.fromEntries(
      phraseIds.map((id) => [id, sentence.optional().describe(`In English: ${englishPhrases[id]}`)]),
    ) as Record<PhraseId, z.ZodOptional<typeof sentence>>,
  )
  .describe('The fixed sentences of the comment; what is left out stays as it is.');

/** `comment.yml`, and our own files of languages. */
export const languageFileSchema = z
  .strictObject({
    phrases: phrases.prefault({}),
    rules: z
      .record(
        z.string(),
        z.record(
          z.string(),
          z
            .strictObject({
              text: sentence.optional().describe('What is wrong.'),
              hint: sentence.optional().describe('What to do.'),
            })
            .describe('One message of the rule.'),
        ),
      )
      .prefault({})
      .describe('What rules say, by rule and message; a `messages` of kr.yml and the like wins.'),
    dates: z
      .strictObject({
        months: z.array(sentence).length(12).describe('January to December.'),
        long: sentence.describe('A day with its year: {day}, {month} and {year} are filled in.'),
        short: sentence.describe('A day without its year: {day} and {month} are filled in.'),
      })
      .optional()
      .describe('How dates are written; left out: 4 December 2026.'),
  })
  .describe('The sentences of the comment, in the words of the team.');

export type LanguageFile = z.output<typeof languageFileSchema>;

/** Sentences with unknown placeholders, and what must not reach a comment. */
export function languageConfigErrors(layers: readonly Layer[]): ConfigError[] {
  return layers.flatMap(({ file }) => {
    const check = (path: string[], original: string): ConfigError[] => {
      const text = valueAt(file.value, path);
      return typeof text === 'string' ? messageConfigErrors(file, path, text, { text: original }) : [];
    };
    return [
      ...phraseIds.flatMap((id) => check(['phrases', id], englishPhrases[id])),
      ...ourRules.flatMap(({ id, family = id, messages }) =>
        Object.entries(messages).flatMap(([message, { text, hint = '' }]) =>
          [...new Set([id, family])].flatMap((name) =>
            ['text', 'hint'].flatMap((part) => check(['rules', name, message, part], `${text} ${hint}`)),
          ),
        ),
      ),
    ];
  });
}

export interface Language {
  phrases: Phrases;
  /** By rule. */
  rules: Readonly<Record<string, RuleTexts['messages']>>;
  /** A date or a listing in the language; any other value as it is. */
  localise: (value: string | Listing) => string;
}

/** All layers put together. */
export function toLanguage(layers: readonly Layer[]): Language {
  const file = languageFileSchema.parse(mergeAll(layers.map((layer) => layer.file.value ?? {})));
  const own = Object.entries(file.phrases).filter(([, text]) => text !== undefined);
  const phrases = { ...englishPhrases, ...Object.fromEntries(own) };
  const inWords = (value: string): string => localDate(value, file.dates);
  return {
    phrases,
    rules: file.rules,
    localise: (value) => (typeof value === 'string' ? inWords(value) : listingText(value, phrases, inWords)),
  };
}

const englishDate = new RegExp(`^(\\d{1,2}) (${englishMonths.join('|')})(?: (\\d{4}))?$`);

function localDate(value: string, dates: LanguageFile['dates']): string {
  const [, day = '', month = '', year] = englishDate.exec(value) ?? [];
  if (dates === undefined || day === '') return value;
  const form = year === undefined ? dates.short : dates.long;
  return form
    .replace('{day}', day)
    .replace('{month}', dates.months[englishMonths.indexOf(month)] ?? month)
    .replace('{year}', year ?? '');
}
