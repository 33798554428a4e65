import { Document, isMap, isScalar, type YAMLMap } from 'yaml';
import { documentKinds } from '../kinds/index.ts';
import type { LoadSuccess } from './load-policy.ts';
import type { PlainMap } from './merge.ts';
import type { RuleEntry } from './rule-entries.ts';
import { kindFileName } from './rule-schema.ts';

/** The whole policy as YAML, one document a file, each rule with the place that decided it. */
export function printPolicy(loaded: LoadSuccess): string {
  // A `sources:` with nothing below it is null in the file, and means an empty list.
  const policyFile = { ...loaded.policyFile, sources: loaded.policy.settings.sources };
  const parts = [render('policy.yml', policyFile)];
  for (const kind of documentKinds) {
    const entries = loaded.entries.filter((entry) => entry.kind === kind);
    const rules = entries.filter((entry) => entry.origin !== 'custom');
    const custom = entries.filter((entry) => entry.origin === 'custom');
    const value: PlainMap = { rules: Object.fromEntries(rules.map((entry) => [entry.id, ruleValue(entry)])) };
    if (custom.length > 0)
      value['custom'] = Object.fromEntries(custom.map((entry) => [entry.id, entry.definition]));
    parts.push(render(kindFileName(kind), value, entries));
  }
  parts.push(render('vocabulary.yml', loaded.vocabulary));
  return parts.join('---\n');
}

function ruleValue(entry: RuleEntry): PlainMap {
  const { severity, options, only, except, grace, url, messages } = entry;
  const value: PlainMap = { severity };
  if (Object.keys(options).length > 0) value['options'] = options;
  if (Object.keys(messages).length > 0) value['messages'] = messages;
  for (const [key, each] of Object.entries({ only, except, grace, url })) {
    if (each !== undefined && each !== null) value[key] = each;
  }
  return value;
}

function render(name: string, value: object, entries: readonly RuleEntry[] = []): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  for (const group of ['rules', 'custom']) {
    const map = document.get(group);
    if (isMap(map)) comment(map, entries);
  }
  return `# ${name}\n${document.toString({ lineWidth: 110 })}`;
}

function comment(map: YAMLMap, entries: readonly RuleEntry[]): void {
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const decided = entries.find((entry) => entry.id === key.value)?.decidedAt;
    key.commentBefore = decided ? ` ${decided.file}:${decided.line}` : ' not mentioned anywhere';
  }
}
