import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import type { DocumentKind, DocumentOf, KrMilestone } from '../../src/model/document.ts';
import type { Grammar } from '../../src/model/policy.ts';
import { createReader } from '../../src/parse/reader.ts';

const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the built-in rules do not load');

export const grammar: Grammar = loaded.policy.settings.grammar;
export const { calendar } = loaded.policy.settings;
export const reader = createReader(grammar, calendar);

/** A Monday in FY27 Q4. */
export const now = '2026-11-23T09:00:00Z';
export const title = 'FY27 Q4 KR1 (Keys) Rotate all keys';

export function read<K extends DocumentKind>(
  kind: K,
  text: string,
  context: { title?: string; now?: string; groups?: string[] } = {},
): DocumentOf<K> {
  return reader.read(kind, text, { title, now, ...context });
}

export const kr = (text: string, krTitle = title) => read('kr', text, { title: krTitle });

/** The only milestone of a KR whose milestones section holds `text`. */
export function milestone(text: string, krTitle = title): KrMilestone {
  const { milestones } = kr(`## Milestones\n${text}\n`, krTitle);
  const [first] = milestones;
  if (first === undefined || milestones.length > 1)
    throw new Error(`${milestones.length} milestones: ${text}`);
  return first;
}
