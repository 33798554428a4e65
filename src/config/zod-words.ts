import type { z } from 'zod';
import { quote } from './config-error.ts';
import type { ValuePath } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;

/** A path as it is spoken of: `select.labels[2]`. */
export function name(path: ValuePath): string {
  if (path.length === 0) return 'The file';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `\`${text.replace(/^\./, '')}\``;
}

/** What is at a path of plain values; undefined when nothing is. */
export function valueAt(root: unknown, path: ValuePath): unknown {
  let value: unknown = root;
  for (const part of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** What kind of value was written. */
export function typeWord(value: unknown): string {
  if (value === null) return 'so nothing';
  if (Array.isArray(value)) return 'several values';
  if (typeof value === 'object') return 'keys with values';
  return (
    { string: 'a text', number: 'a number', boolean: 'not a text but a truth value' }[
      typeof value as 'string'
    ] ?? typeof value
  );
}

/** What zod expected, in words that follow "It must be". */
export function expectedWord(expected: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: '`true` or `false`',
    object: 'a map of keys and values',
    record: 'a map of keys and values',
    array: 'a list',
    null: '`null`',
  };
  return words[expected] ?? expected;
}

/** A value whose size is wrong. */
export function sized(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'string')
    return value === '' ? 'empty' : `${quote(value)}, ${value.length} characters`;
  return quote(value);
}

/** The bound that was crossed, in words that follow "It must be". */
export function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const small = issue.code === 'too_small';
  const limit = Number(small ? issue.minimum : issue.maximum);
  const unit =
    issue.origin === 'string'
      ? limit === 1
        ? ' character long'
        : ' characters long'
      : issue.origin === 'array'
        ? limit === 1
          ? ' item'
          : ' items'
        : '';
  const exclusive = issue.inclusive === false;
  if (exclusive) return `${small ? 'more' : 'less'} than ${limit}${unit}`;
  return `${small ? 'at least' : 'at most'} ${limit}${unit}`;
}
