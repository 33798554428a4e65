import { requireMilestoneDueDate } from './require-milestone-due-date.ts';
import { requireOkrLink } from './require-okr-link.ts';
import { requireOverallDri } from './require-overall-dri.ts';
import type { Rule } from './rule.ts';
import type { SetRule } from './set-rule.ts';

/** Every rule, in the order in which they are listed and documented. */
export const rules: readonly Rule[] = [requireOkrLink, requireMilestoneDueDate, requireOverallDri];

/** Rules over all KRs of a quarter. */
export const setRules: readonly SetRule[] = [];
