import type { AsyncDocumentReader } from '../model/reader.ts';
import type { Policy } from '../model/rule.ts';
import { createReader } from '../parse/reader.ts';

/** The reader a policy asks for. */
export function createDocuments(policy: Policy): AsyncDocumentReader {
  const reader = createReader(policy.settings.grammar, policy.settings.calendar);
  return {
    read: (kind, text, context) => Promise.resolve(reader.read(kind, text, context)),
    template: (kind) => reader.template(kind),
  };
}
