import type { z } from 'zod';
import { listed, type Mistake, quote } from './mistake.ts';
import { mistakeAt } from './places.ts';
import { deprecatedIn, descriptionAt, keysAt } from './schema-walk.ts';
import { nearest } from './suggest.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;

/** Checks a file against its schema. Every mistake at once, deprecated keys as warnings. */
export function schemaMistakes(file: YamlFile, schema: z.ZodType): Mistake[] {
  const value = file.value ?? {};
  const parsed = schema.safeParse(value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const mistakes = issues.flatMap((issue) => explain(issue, [], value, schema, file));
  for (const { path, description } of deprecatedIn(schema, value)) {
    const message = `The key ${quote(String(path.at(-1)))} is an old form; it still works.`;
    const advice = description.replace(/^Old form: w/, 'W');
    mistakes.push(
      mistakeAt(file, path, { code: 'deprecated-key', level: 'warning', message, advice }, 'key'),
    );
  }
  return mistakes;
}

function explain(
  issue: Issue,
  above: ValuePath,
  root: unknown,
  schema: z.ZodType,
  file: YamlFile,
): Mistake[] {
  const path = [...above, ...issue.path];
  const value = valueAt(root, path);
  const complain = (code: string, message: string, advice: string | null = null): Mistake[] => [
    mistakeAt(file, path, { code, message, advice }),
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, schema, file));
    case 'invalid_union':
      return explainUnion(issue, path, root, schema, file);
    case 'invalid_type':
      if (value === undefined) return [missing(issue, path, schema, file)];
      return complain(
        'wrong-type',
        `${name(path)} is ${quote(value)}, ${typeWord(value)}.`,
        `It must be ${expectedWord(issue.expected)}.`,
      );
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = typeof value === 'string' ? nearest(value, values) : null;
      const advice = `${near === null ? '' : `Did you mean \`${near}\`? `}It can be ${listed(values)}.`;
      return complain('not-one-of', `${name(path)} is ${quote(value)}, which it cannot be.`, advice);
    }
    case 'too_small':
    case 'too_big':
      return complain(
        issue.code.replace('_', '-'),
        `${name(path)} is ${sized(value)}.`,
        `It must be ${bound(issue)}.`,
      );
    case 'invalid_key':
      return [
        mistakeAt(
          file,
          path,
          {
            code: 'bad-key',
            message: `The key ${quote(String(path.at(-1)))} is not a name that can stand here.`,
            advice: `It must be ${issue.issues[0]?.message ?? 'another'}.`,
          },
          'key',
        ),
      ];
    case 'custom': {
      const code: unknown = issue.params?.['mistake'];
      if (typeof code === 'string')
        return complain(code, `${name(path)} is ${quote(value)}: it ${issue.message}.`);
      return complain('bad-value', `${name(path)} is ${quote(value)}.`, `It must be ${issue.message}.`);
    }
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
      break;
  }
  return complain('bad-value', `${name(path)} is ${quote(value)}.`, formatAdvice(issue, path, schema));
}

function formatAdvice(issue: Issue, path: ValuePath, schema: z.ZodType): string | null {
  // Messages of our own are written to follow "It must be"; zod's begin with Invalid.
  if (!/^(Invalid|Too )/.test(issue.message)) return `It must be ${issue.message}.`;
  return descriptionAt(schema, path);
}

/** Which alternative was meant is told from the kind of value; only its mistakes are shown. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: ValuePath,
  root: unknown,
  schema: z.ZodType,
  file: YamlFile,
): Mistake[] {
  const branches = issue.errors as Issue[][];
  const value = valueAt(root, path);
  const isPlain = value === null || typeof value !== 'object';
  const unfit = (each: Issue) => each.code === 'invalid_type' || (each.code === 'invalid_value' && !isPlain);
  const fitting = branches.filter((branch) => !branch.some((each) => each.path.length === 0 && unfit(each)));
  const meant = [...fitting].sort((a, b) => weight(a) - weight(b))[0];
  if (meant && fitting.length > 0) {
    const options = fitting.flatMap((branch) => branch.filter((each) => each.code === 'invalid_value'));
    const useful = fitting.length > 1 && options.length === fitting.length ? options.slice(0, 1) : meant;
    return useful.flatMap((each) => explain(each, path, root, schema, file));
  }
  const expected = [...new Set(branches.flatMap(expectations))];
  const advice = `It must be ${expected.join(' or ')}.`;
  return [
    mistakeAt(file, path, {
      code: 'wrong-type',
      message: `${name(path)} is ${quote(value)}, ${typeWord(value)}.`,
      advice,
    }),
  ];
}

/** The alternative with fewest unknown keys was meant. */
function weight(branch: readonly Issue[]): number {
  return branch.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 1),
    0,
  );
}

function expectations(branch: readonly Issue[]): string[] {
  return branch.flatMap((issue) => {
    if (issue.path.length > 0) return [];
    if (issue.code === 'invalid_type') return [expectedWord(issue.expected)];
    if (issue.code === 'invalid_value') return [listed(issue.values.map(String))];
    return [];
  });
}

function unknownKey(key: string, path: ValuePath, schema: z.ZodType, file: YamlFile): Mistake {
  const known = keysAt(schema, path);
  const near = nearest(key, known);
  const isRule = path.length === 1 && path[0] === 'rules';
  const code = isRule ? 'unknown-rule' : 'unknown-key';
  const message = isRule
    ? `There is no rule ${quote(key)} for this kind of document.`
    : `Unknown key ${quote(key)}${path.length === 0 ? '' : ` in ${name(path)}`}.`;
  const list = known.length === 0 ? 'Nothing can stand here.' : `Known: ${listed(known, 'and', 20)}.`;
  const advice =
    near === null
      ? list
      : `Did you mean \`${near}\`? ${isRule ? '`kr-hygiene rules list` shows them all.' : list}`;
  return mistakeAt(file, [...path, key], { code, message, advice }, 'key');
}

function missing(issue: Issue, path: ValuePath, schema: z.ZodType, file: YamlFile): Mistake {
  const key = String(path.at(-1));
  const description = descriptionAt(schema, path);
  const message = `The key ${quote(key)} is missing${path.length > 1 ? ` in ${name(path.slice(0, -1))}` : ''}.`;
  const expected = issue.code === 'invalid_type' ? ` It must be ${expectedWord(issue.expected)}.` : '';
  return mistakeAt(
    file,
    path.slice(0, -1),
    { code: 'missing-key', message, advice: `${description ?? ''}${expected}`.trim() || null },
    'key',
  );
}

/** A path as it is spoken of: `select.labels[2]`. */
export function name(path: ValuePath): string {
  if (path.length === 0) return 'The file';
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `\`${text.replace(/^\./, '')}\``;
}

export function valueAt(root: unknown, path: ValuePath): unknown {
  let value: unknown = root;
  for (const part of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function typeWord(value: unknown): string {
  if (value === null) return 'so nothing';
  if (Array.isArray(value)) return 'several values';
  if (typeof value === 'object') return 'keys with values';
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as 'string'] ??
    typeof value
  );
}

function expectedWord(expected: string): string {
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

function sized(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'string')
    return value === '' ? 'empty' : `${quote(value)}, ${value.length} characters`;
  return quote(value);
}

function bound(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
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
