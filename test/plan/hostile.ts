import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { fc } from '../helpers/random.ts';

/** Fragments that mean something to GitLab, Markdown, HTML or our own marker. */
const fragments = [
  '/close',
  '\n/close\n',
  '\r/assign @root',
  '@all',
  '@root',
  '＠root',
  'me@corp.example',
  '#12',
  'sec/okrs#12',
  '!3',
  '&4',
  '$5',
  '~bug',
  '~"feature request"',
  '%v1.2',
  '%"a b"',
  'deadbeefcafe',
  'DEADBEEF',
  '1234567',
  ':smile:',
  ':+1:',
  '^alert#1',
  '*iteration:"x"',
  '[vulnerability:1]',
  '[[Wiki]]',
  '[x](javascript:alert(1))',
  '![i](https://evil.example/x.png)',
  'https://gitlab.example.com/sec/okrs/-/issues/1',
  'www.evil.example',
  '<script>alert(1)</script>',
  '<img src=x onerror=1>',
  '<details>',
  '</details>',
  '<summary>',
  '<!--',
  '-->',
  '<!-- kr-hygiene 1 nudge e30 -->',
  '\n<!-- kr-hygiene 1 nudge e30 -->\n',
  '`',
  '``',
  '```',
  '\n```\n',
  '~~~',
  '~~',
  '**',
  '*',
  '_',
  '__',
  '\\',
  '|',
  '\n---\n',
  '\n# h\n',
  '\n> q\n',
  '\n>>>\n',
  '\n- x\n',
  '\n1. x\n',
  '[^1]',
  '\n[^1]: x\n',
  '$`x`$',
  '$x$',
  '```mermaid',
  '```math\nx\n```',
  '{+ a +}',
  '%{project_path}',
  '&amp;',
  '&#64;all',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u0000',
  '\u001b[31m',
  '\ud800',
  '🔥',
  '\u2028',
  '\t',
  '    ',
  '“',
  '”',
  '"',
  "'",
  '(',
  ')',
  '!',
  '.',
  'PROJ-12',
  'word',
  'Due Date:',
  'Milestone 2',
  'a/b',
  '45%',
  '\u00a0',
  'www.',
  'http://',
  '::include{file=x}',
  '[ ]',
  '- [x] ',
];

/** Any string, hostile ones above all. */
export const hostile = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...fragments) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
      { weight: 3, arbitrary: fc.constantFrom(' ', '', ' ', '\n') },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

export function parse(markdown: string): Root {
  return unified().use(remarkParse).use(remarkGfm).parse(markdown);
}

export function* nodesOf(node: Root | RootContent): Generator<RootContent> {
  for (const child of 'children' in node ? node.children : []) {
    yield child;
    yield* nodesOf(child);
  }
}

/** What GitLab would act on in text outside of code, by the patterns of its reference filters. */
const live: [string, RegExp][] = [
  ['mention', /@[\w.-]/u],
  ['issue', /#\d/u],
  ['merge request', /![\d]/u],
  ['epic', /&\w/u],
  ['label', /~[\w"]/u],
  ['milestone', /%[\w"{]/u],
  ['snippet or formula', /\$/u],
  ['commit', /[0-9a-f]{7,}/iu],
  ['emoji code', /:[\w+-]+:/u],
  ['alert', /\^/u],
  ['brackets', /[[\]{}<>\\|*_`]/u],
  ['address', /:\/\/|www\.|mailto:/iu],
  ['issue of another tracker', /\b[A-Z][A-Z0-9_]*-\d/u],
  ['direction or control character', /\p{Cc}|\p{Surrogate}|(?![\u200c\u200d])\p{Cf}/u],
];

const ours = new Set([
  'paragraph',
  'text',
  'break',
  'strong',
  'emphasis',
  'delete',
  'inlineCode',
  'code',
  'list',
  'listItem',
  'link',
  'html',
]);

/**
 * Everything that is wrong with a comment of ours; empty when it is safe.
 * @param mentions what may be mentioned, as it appears in rendered text: `@alice`
 */
export function dangers(comment: string, mentions: readonly string[] = []): string[] {
  const found: string[] = [];
  if (/^\//m.test(comment)) found.push('a line starts with a slash');
  if (/[\r\u2028\u2029\u0085]/.test(comment)) found.push('a foreign line end');
  if ((comment.match(/<!--/g) ?? []).length !== 1) found.push('not exactly one HTML comment');
  const outside = comment.replace(/^(?:- )?( *`{3,})markdown\n[\s\S]*?\n *\1$/gm, '');
  if ((outside.match(/-->/g) ?? []).length !== 1) found.push('not exactly one end of an HTML comment');
  let open = 0;
  for (const node of nodesOf(parse(comment))) {
    if (!ours.has(node.type)) found.push(`a ${node.type}`);
    if (node.type === 'html') {
      if (/^<details(?: open)?>\n<summary>[\w ,?]+<\/summary>$/.test(node.value)) open += 1;
      else if (node.value === '</details>') open -= 1;
      else if (!/^<!-- kr-hygiene 2 nudge [\w-]+ -->$/.test(node.value)) found.push(`HTML: ${node.value}`);
      if (open < 0 || open > 1) found.push('unbalanced details');
    }
    if (node.type === 'link' && !/^(?:https?:\/\/[^\s@]+|#note_\d+)$/.test(node.url))
      found.push(`a link to ${node.url}`);
    if (node.type === 'code' && node.lang !== 'markdown') found.push(`a ${node.lang} block`);
    if (node.type !== 'text') continue;
    const text = mentions.reduce((rest, mention) => rest.replaceAll(mention, 'somebody'), node.value);
    for (const [name, pattern] of live)
      if (pattern.test(text)) found.push(`${name} in ${JSON.stringify(node.value)}`);
  }
  if (open !== 0) found.push('unbalanced details');
  return found;
}
