import type { KrHygieneDocument } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Assessment, AssessTools } from './assess.ts';
import { evaluate } from './evaluate.ts';

/**
 * What would be read and found if the text were another; the rest of the issue, and its past, as they are.
 * @param now ISO 8601 instant
 */
export async function assessChanged(
  source: string,
  { document: { kind }, context }: Assessment,
  { policy, documents }: AssessTools,
  now: string,
): Promise<{ document: KrHygieneDocument; findings: readonly Finding[] }> {
  const document = await documents.read(kind, source, {
    title: context.issue.title ?? '',
    now,
    groups: policy.settings.groups,
    // No one has written this text yet: nothing of it is kept.
    confidential: true,
  });
  return { document, findings: evaluate(document, policy.rules, { ...context, source }).findings };
}
