import { z } from 'zod';
import type { DocumentKind, DocumentOf, HiddenText, Place, TextProblem } from '../../model/document.ts';
import { defineRule, type Rule, type RuleExample } from '../rule.ts';
import { plain, quote, typed } from './words.ts';

const messages = {
  missing: { text: 'The section “{name}” is missing{comment}.', hint: 'Add {heading} and beneath it {ask}.' },
  empty: { text: 'The section “{name}” is empty{comment}.', hint: 'Write there {ask}.' },
  placeholder: {
    text: 'The section “{name}” holds nothing but a placeholder: {found}.',
    hint: 'Put in its place {ask}.',
  },
  'too-short': {
    text: 'The section “{name}” says very little: {found}.',
    hint: 'Write at least {min} characters on {ask}.',
  },
} as const;

const options = z.strictObject({
  'min-length': z
    .int()
    .min(0)
    .default(0)
    .describe('How many characters the text must have at least; 0: any text will do.'),
});

interface Field {
  text: string;
  problem: TextProblem | null;
  place?: Place | null;
  hidden?: HiddenText;
}

/** Said of a section of which nothing is to be seen: where its text is. */
export const inComment = (hidden: HiddenText | undefined): string => {
  if (hidden === undefined) return '';
  return hidden.closed
    ? ': there is text in a comment, which GitLab does not show'
    : ': it is hidden in a comment that is never closed with -->';
};

/** A rule that asks for the text of one section. */
export function textFieldRule<K extends DocumentKind>(definition: {
  id: string;
  kind: K;
  description: string;
  why: string;
  /** The template's id of the section. */
  field: string;
  /** What belongs there, as it follows "write". */
  ask: string;
  read(this: void, document: DocumentOf<K>): Field;
  examples?: readonly RuleExample[];
}): Rule {
  const { field, ask, read, ...meta } = definition;
  return defineRule({
    ...meta,
    messages,
    options,
    defaultSeverity: 'error',
    asksFor: field,
    fields: [field],
    *check(document: DocumentOf<K>, { 'min-length': min }, { template }) {
      const { text, problem, place, hidden } = read(document);
      const short = problem === null && Array.from(text.trim()).length < min;
      if (problem === null && !short) return;
      const name = plain(template.nameOf(field));
      const heading = typed((template.headingOf(field) ?? `## ${name}`).trimEnd());
      yield {
        message: problem ?? 'too-short',
        data: { name, ask, heading, found: quote(text), min, comment: inComment(hidden) },
        place: place ?? hidden?.place ?? null,
        subject: { part: 'section', name },
      };
    },
  });
}
