import { z } from 'zod';
import type { DocumentKind, DocumentOf, StatusField } from '../../model/document.ts';
import { defineRule, type Rule, type RuleExample } from '../rule.ts';
import { orTyped, plain, quote } from './words.ts';

const messages = {
  missing: { text: 'The {name} is missing.', hint: 'Choose one and write it there: {choices}.' },
  placeholder: {
    text: 'The {name} is not chosen yet: {found}.',
    hint: 'Keep the one that is true and delete the others: {choices}.',
  },
  several: {
    text: 'The {name} says more than one thing: {found}.',
    hint: 'Keep the one that is true: {choices}.',
  },
  unknown: {
    text: 'The {name} {found} is not one of the known ones.',
    hint: 'Write one of {choices}.',
  },
} as const;

/** A rule that asks for one status. */
export function statusRule<K extends DocumentKind>(definition: {
  id: string;
  kind: K;
  description: string;
  why: string;
  /** What it is called where the template has no name for it. */
  called?: string;
  /** What may be written, each as it is typed. */
  choices: readonly string[];
  read(this: void, document: DocumentOf<K>): StatusField;
  examples?: readonly RuleExample[];
}): Rule {
  const { called, choices, read, ...meta } = definition;
  const options = z.strictObject({
    choices: z
      .array(z.string().min(1))
      .min(1)
      .default([...choices])
      .describe(
        'The choices as the hint shows them; what is understood is set under `statuses` in the vocabulary.',
      ),
  });
  return defineRule({
    ...meta,
    messages,
    options,
    defaultSeverity: 'error',
    asksFor: 'status',
    fields: ['status'],
    *check(document: DocumentOf<K>, { choices }, { template }) {
      const { raw, problem, place } = read(document);
      if (problem === null) return;
      const name = called ?? plain(template.nameOf('status')).toLowerCase();
      const data = { name, found: quote(raw), choices: orTyped(choices) };
      yield { message: problem, data, place: place ?? null, subject: { part: 'section', name } };
    },
  });
}
