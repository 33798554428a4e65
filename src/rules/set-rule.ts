import type { z } from 'zod';
import type { SetFinding } from '../model/finding.ts';
import type { KrKeys } from '../model/rule.ts';
import type { Sequence } from '../model/sequence.ts';
import type { RuleHead } from './rule.ts';

export type SetReport = Pick<SetFinding, 'message' | 'refs'> & {
  /** True: it rests on KRs that are not there, so it is said only when every KR was read. */
  absence?: boolean;
};

/** A case of a set rule's documentation; each is run as a test. */
export interface SetRuleExample {
  /** What the example shows, as a short phrase. */
  shows: string;
  /** Options other than the defaults. */
  options?: Record<string, unknown>;
  keys: readonly KrKeys[];
  /** The issues of each report, in order; empty: all is well. */
  reports: readonly (readonly string[])[];
}

export interface SetRuleDefinition<S extends z.ZodObject> extends RuleHead<S> {
  examples: readonly SetRuleExample[];
  check(this: void, keys: Sequence<KrKeys>, options: z.output<S>): Iterable<SetReport>;
}

/** A rule over all KRs that were read, with its types forgotten. */
export interface SetRule extends Omit<SetRuleDefinition<z.ZodObject>, 'check'> {
  /** @param options as `options` parsed them */
  bind(options: unknown): (keys: Sequence<KrKeys>) => Iterable<SetReport>;
}

/** Defines one set rule; it sees the keys of every KR and never a text. */
export function defineSetRule<S extends z.ZodObject>(definition: SetRuleDefinition<S>): SetRule {
  const { check, ...meta } = definition;
  return { ...meta, bind: (options) => (keys) => check(keys, options as z.output<S>) };
}
