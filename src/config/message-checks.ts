import type { MessageTexts } from '../rules/rule.ts';
import { type ConfigError, listed, quote } from './config-error.ts';
import { errorOn } from './places.ts';
import { placeInText } from './scalar-place.ts';
import { nearest } from './suggest.ts';
import type { ValuePath, YamlFile } from './yaml-file.ts';

interface Hazard {
  pattern: RegExp;
  code: string;
  message(this: void, found: string): string;
  advice: string;
}

/**
 * What a text of the team's own may not hold. Rendering makes all of it harmless once more; here the author is told,
 * before anything is merged.
 */
const hazards: readonly Hazard[] = [
  {
    pattern: /^[ \t]*\/[a-z_]+/gim,
    code: 'quick-action',
    message: (found) =>
      `${quote(found.trim())} at the start of a line is a quick action, which GitLab would carry out.`,
    advice: 'Put a word before it, or leave out the slash.',
  },
  {
    pattern: /(?<![\w@])@[a-z0-9_][\w./-]*/gi,
    code: 'mention',
    message: (found) => `${quote(found)} would notify people each time the rule reports something.`,
    advice: 'Write the name without `@`; the bot itself asks those who are concerned.',
  },
  {
    pattern: /<!--|-->/g,
    code: 'html-comment',
    message: (found) => `${quote(found)} would break the hidden mark by which the bot knows its comment.`,
    advice: 'Leave it out.',
  },
  {
    pattern: /<\/?[a-z][a-z0-9]*[\s/>]/gi,
    code: 'html',
    message: (found) => `${quote(found)} is HTML; messages are plain text.`,
    advice: 'Leave it out, or describe it in words.',
  },
];

/** Whatever in a text must not reach a comment. `parts` are spans that are code and not text. */
export function textConfigErrors(file: YamlFile, path: ValuePath, text: string): ConfigError[] {
  return hazards.flatMap(({ pattern, code, message, advice }) =>
    [...text.matchAll(pattern)].map((match) => {
      const blanks = match[0].length - match[0].trimStart().length;
      const place = placeInText(file, path, match.index + blanks, match.index + match[0].length);
      return errorOn(file, place, { code, message: message(match[0]), advice });
    }),
  );
}

/** Message overrides: placeholders that the rule does not fill in, and what must not reach a comment. */
export function messageConfigErrors(
  file: YamlFile,
  path: ValuePath,
  text: string,
  original: MessageTexts,
): ConfigError[] {
  const known = namesIn(`${original.text} ${original.hint ?? ''}`);
  const unknown = [...text.matchAll(/\{(\w+)\}/g)].filter(([, name]) => !known.includes(name ?? ''));
  return [
    ...textConfigErrors(file, path, text),
    ...unknown.map((match) => {
      const near = nearest(match[1] ?? '', known);
      const list =
        known.length === 0
          ? 'This message has none.'
          : `It fills in ${listed(
              known.map((name) => `{${name}}`),
              'and',
            )}.`;
      const advice = near === null ? list : `Did you mean \`{${near}}\`? ${list}`;
      const place = placeInText(file, path, match.index, match.index + match[0].length);
      return errorOn(file, place, {
        code: 'unknown-placeholder',
        message: `The rule does not fill in ${quote(match[0])}.`,
        advice,
      });
    }),
  ];
}

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))];
}
