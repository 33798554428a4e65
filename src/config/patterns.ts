import { RE2JS } from 're2js';
import { z } from 'zod';
import { messageOf } from '../model/errors.ts';

/** Longer patterns cost more than they say. */
export const maxPatternLength = 1000;

/** Why a pattern cannot be used, in words; null when it can. Compiled by a linear-time engine: it cannot hang. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > maxPatternLength) return `is longer than ${maxPatternLength} characters`;
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    const text = messageOf(error);
    if (/\(\?(<?[=!])/.test(pattern))
      return 'looks ahead or behind, which the linear-time engine (RE2) does not do';
    if (/\\[1-9]/.test(pattern))
      return 'refers back to a group, which the linear-time engine (RE2) does not do';
    return `is not a pattern the engine (RE2) can read: ${text.replace(/^error parsing regexp: /, '').slice(0, 200)}`;
  }
}

/** A test for texts; the pattern may match anywhere, case counts unless it begins with `(?i)`. */
export function compilePattern(pattern: string): (text: string) => boolean {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.matcher(text).find();
}

/** A pattern in a rule file. */
export const patternSchema = z
  .string()
  .min(1)
  .superRefine((pattern, context) => {
    const problem = patternProblem(pattern);
    if (problem !== null)
      context.addIssue({ code: 'custom', message: problem, params: { error: 'bad-pattern' } });
  })
  .describe('A regular expression (RE2 syntax) that may match anywhere; `(?i)` in front ignores case.');
