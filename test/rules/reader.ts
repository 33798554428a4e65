import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createReader } from '../../src/parse/reader.ts';

const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error(`rules/ has errors: ${JSON.stringify(loaded.errors, null, 2)}`);

/** The policy of rules/, and the reader that goes with it. */
export const policy = loaded.policy;
export const calendar = policy.settings.calendar;
export const reader = createReader(policy.settings.grammar, calendar);
