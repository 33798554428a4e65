import type { Assessment, AssessTools } from '../../assess/assess.ts';
import { mainKind } from '../../model/document.ts';
import { draftUpdate } from '../../plan/update-draft.ts';

/** Where an update is missing, the nudge offers one that is filled in with what is known. */
export function offeredUpdate(
  { document, timeline, findings }: Pick<Assessment, 'document' | 'timeline' | 'findings'>,
  { policy, documents }: AssessTools,
): string | undefined {
  const proposed = findings
    .filter(({ rule, severity }) => rule === 'require-weekly-update' && severity !== 'info')
    .flatMap(({ proposals }) => proposals ?? [])
    .find(({ field }) => field === 'week');
  if (document.kind !== mainKind || timeline === undefined || proposed?.value == null) return undefined;
  const text = policy.settings.grammar['weekly-update'].template;
  const facts = documents.template('weekly-update');
  return draftUpdate({ document, timeline, template: { text, facts }, week: proposed.value });
}
