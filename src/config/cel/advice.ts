import { nearest } from '../suggest.ts';
import { celTypes } from './types.ts';

/** Types as people call them. */
const plainTypes: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  double: 'a number',
  bool: 'true or false',
  null: 'nothing',
};

function inPlainWords(type: string): string {
  if (type.startsWith('list<')) return 'a list';
  return plainTypes[type] ?? 'a value with fields of its own';
}

const isNumber = (type: string): boolean => type === 'int' || type === 'double';
const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

/** The parts of an expression that the library found wanting, by their places in it. */
export interface Operands {
  left: string;
  right: string;
}

/**
 * What to do about two operands that do not go together.
 * @param summary the library's words: `no such overload: string > int`
 * @param operands as they are written, when they are known
 * @returns null for another error than this
 */
export function overloadWords(
  summary: string,
  operands: Operands | null,
): { message: string; advice: string } | null {
  const [, left, operator, right] =
    /^no such overload: (\S+) (==|!=|<=|>=|[<>+*/%-]|in) (\S+)$/.exec(summary) ?? [];
  if (left === undefined || operator === undefined || right === undefined) return null;
  const message = `\`${operator}\` cannot be between ${inPlainWords(left)} and ${inPlainWords(right)} (${left} ${operator} ${right}).`;
  return { message, advice: overloadAdvice(left, operator, right, operands) };
}

function overloadAdvice(left: string, operator: string, right: string, operands: Operands | null): string {
  const isComparison = comparisons.has(operator);
  const written = (side: 'left' | 'right', other: string) => operands?.[side] ?? other;
  if (isComparison && (left === 'null' || right === 'null'))
    return 'A field without a value is not there: ask with `has(…)`.';
  const hasSize = (type: string) => type === 'string' || type.startsWith('list<');
  if (isComparison && hasSize(left) && isNumber(right))
    return `To compare how long it is, write \`size(${written('left', '…')}) ${operator} ${written('right', '…')}\`.`;
  if (isComparison && isNumber(left) && hasSize(right) && !/^["']/.test(written('right', '')))
    return `To compare how long it is, write \`${written('left', '…')} ${operator} size(${written('right', '…')})\`.`;
  if (isComparison && isNumber(left) && isNumber(right)) return 'Write the number with a point, as `40.0`.';
  if (operator === '-' && left === 'string') return 'The days between two dates are `daysBetween(from, to)`.';
  if (operator === '+' && (left === 'string' || right === 'string'))
    return '`string(…)` makes a text of a number.';
  if (operator === 'in')
    return 'The right side of `in` must be a list; to look in a text, use `.contains(…)`.';
  const fields = fieldsIn(left) ?? fieldsIn(right);
  if (fields !== null) return `Name one of its fields: ${fields}.`;
  return 'Both sides must be of the same type: texts are in quotes, numbers and `true` are not.';
}

function fieldsIn(type: string): string | null {
  const fields = Object.hasOwn(celTypes, type) ? celTypes[type] : undefined;
  return fields === undefined
    ? null
    : Object.keys(fields)
        .map((field) => `\`${field}\``)
        .join(', ');
}

/** What to do about an expression that cannot be read, or is not of the type that is wanted. */
export function generalAdvice(summary: string): string {
  if (summary.startsWith('Unexpected character: =')) return 'To compare, write `==`.';
  if (/\bbool\b|: !/.test(summary))
    return 'Something true or false is wanted here: compare it, as in `… == "x"`, or ask whether it is there with `has(…)`.';
  if (summary.startsWith('List index'))
    return 'A list has no fields: its length is `size(…)`, its items are looked at with `.all(…)` or `.exists(…)`.';
  if (summary.startsWith('Unterminated')) return 'Close the text with the quote it begins with.';
  return 'A condition looks like `kr.milestones.size() >= 2 && kr.title.quarter == 4`; texts are in quotes.';
}

/** @param fields what there is instead; none of a text or a number */
export function unknownField(
  name: string,
  fields: readonly string[],
): { message: string; advice: string | null } {
  const near = nearest(name, fields);
  const list = fields.length === 0 ? null : `Known: ${fields.map((each) => `\`${each}\``).join(', ')}.`;
  return {
    message: `There is no field "${name}" there.`,
    advice: near === null ? list : `Did you mean \`${near}\`?`,
  };
}
