import type { Span } from '../../markdown/rich-text.ts';
import type { Cues } from '../cues.ts';
import type { DateFrame, Resolved } from './date-resolve.ts';
import type { DateWords } from './date-words.ts';

/** A date in a text, as the calendar reads it. */
export interface FoundDate extends Resolved {
  span: Span;
  /** In brackets: a remark. */
  bracketed: boolean;
  /** What is between the date before (or the beginning) and this one, in lower case. */
  before: string;
  /** From this one to the next, or the end; in lower case. */
  after: string;
  /** Two days of one month: "4 to 18 December". */
  range: boolean;
  /** 1 to 7, or 0: the weekday written next to it. */
  weekday: number;
}

export interface DateReading {
  frame: DateFrame;
  words: DateWords;
  cues: Cues;
  /** A range counts by its first day (a week) instead of its last (a due date). */
  rangeStarts?: boolean;
}
