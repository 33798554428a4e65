import { z } from 'zod';
import type { Leftover } from '../model/document.ts';
import { collapsed, counted, enumerateFirst } from '../text/words.ts';
import { defineRules } from './rule.ts';
import { leftoverExamples } from './shared/leftover-examples.ts';
import { deletionOfLines, overlaps, placeholderPlaces } from './shared/template-text.ts';
import { quote } from './shared/words.ts';

const messages = {
  instruction: {
    text: 'A line of the template is still in the text: {found}.',
    hint: 'Delete the line.',
  },
  'beside-text': {
    text: 'The template’s {found} is still next to your own text.',
    hint: 'Delete it and keep your own words.',
  },
  placeholders: {
    text: 'Placeholders of the template are still in the text ({count}): {found}.',
    hint: 'Put in what they stand for, or delete the line if it is not needed.',
  },
} as const;

const options = z.strictObject({
  placeholders: z
    .boolean()
    .default(true)
    .describe('Whether placeholders in a field that another rule reports on are named too.'),
  ignore: z
    .array(z.string().min(1))
    .default([])
    .describe('Template texts that may stay, as they are written in the template; case does not matter.'),
});

/** How many different placeholders one message quotes. */
const quoted = 3;

/** Nothing of the template is left in the text. */
export const noLeftovers = defineRules({
  id: 'no-leftovers',
  kinds: 'all',
  ids: {
    kr: 'no-template-leftovers',
    'weekly-update': 'no-update-leftovers',
    okr: 'no-okr-leftovers',
    'check-in': 'no-check-in-leftovers',
    plan: 'no-plan-leftovers',
  },
  description: 'Instructions, `etc.` and placeholders of the template are gone from the text.',
  why: 'Instructions are for the writer. Left in, they make a finished text look unfinished, and readers skip over the words that matter.',
  messages,
  options,
  defaultSeverity: 'warning',
  examples: leftoverExamples,
  *check(document, { placeholders, ignore }, { source }) {
    if (document.leftovers.length === 0) return;
    const ignored = new Set(ignore.map(plainCase));
    const fields = placeholderPlaces(document);
    const inFields: Leftover[] = [];
    const subject = { part: 'text' } as const;
    for (const leftover of document.leftovers) {
      if (ignored.size > 0 && ignored.has(plainCase(leftover.text))) continue;
      const { place, text } = leftover;
      if (fields.some((field) => overlaps(field, place))) {
        inFields.push(leftover);
        continue;
      }
      const edit = deletionOfLines(source, place);
      const message = edit === null ? 'beside-text' : 'instruction';
      yield { message, data: { found: quote(withoutMarkup(text)) }, place, subject, edit };
    }
    const first = inFields[0];
    if (!placeholders || first === undefined) return;
    const texts = [...new Set(inFields.map(({ text }) => quote(withoutMarkup(text))))];
    const data = { count: counted(inFields.length, 'place'), found: enumerateFirst(texts, quoted) };
    yield { message: 'placeholders', data, place: first.place, subject };
  },
});

/** Template texts are often in back-ticks; what is quoted is what they say. */
function withoutMarkup(text: string): string {
  return text.replaceAll('`', '').replace(/^[\s*_]{1,9}|[\s*_]{1,9}$/g, '');
}

function plainCase(text: string): string {
  return collapsed(withoutMarkup(text)).toLowerCase();
}
