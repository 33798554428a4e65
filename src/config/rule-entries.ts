import { type DocumentKind, mainKind } from '../model/document.ts';
import type { Severity } from '../model/finding.ts';
import type { Decision } from '../model/rule.ts';
import type { FolderRule } from '../rules/folder-rule.ts';
import type { Rule } from '../rules/rule.ts';
import type { SetRule } from '../rules/set-rule.ts';
import type { Exemptions } from './conditions.ts';
import type { Layer } from './layers.ts';
import { isMap, merge, type PlainMap } from './merge.ts';
import { ourRules } from './our-rules.ts';
import { type FilePlace, placeOf } from './places.ts';
import type { ValuePath } from './yaml-file.ts';

/** A rule and what all layers together say about it, on or off; for `rules list`, `explain` and `rules print`. */
export interface RuleEntry extends Exemptions {
  id: string;
  kind: DocumentKind;
  /** One of ours, one over all KRs, one over a folder of pages, or the team's own. */
  origin: 'rule' | 'set-rule' | 'folder-rule' | 'custom';
  description: string;
  severity: Severity | 'off';
  /** Where the severity was said, else where the rule was mentioned last; null: nowhere, so it is off. */
  decidedAt: Decision | null;
  /** As the rule's schema parsed them. */
  options: PlainMap;
  messages: Record<string, string>;
  url: string | null;
  /** A custom rule as it is written. */
  definition?: PlainMap;
}

/** What was said of one rule in all layers, lowest first. */
export interface Said {
  /** Merged. */
  value: PlainMap;
  decidedAt: Decision;
  /** The topmost layer that speaks of it, for errors that show only in the sum. */
  layer: Layer;
  path: ValuePath;
}

/**
 * Puts the layers of a kind's file together, rule by rule.
 * @param ids rules of this kind by other names of theirs
 */
export function entriesOf(
  layers: readonly Layer[],
  group: 'rules' | 'custom',
  ids: ReadonlyMap<string, string> = new Map(),
): Map<string, Said> {
  const result = new Map<string, Said>();
  for (const layer of layers) {
    const value = layer.file.value;
    const entries = isMap(value) && isMap(value[group]) ? value[group] : {};
    for (const [name, written] of Object.entries(entries)) {
      const id = ids.get(name) ?? name;
      const path = [group, name];
      const entry = fullEntry(written);
      const before = result.get(id);
      const decides = before === undefined || entry['severity'] !== undefined;
      result.set(id, {
        // A custom rule is one thing: a redefinition replaces all of it.
        value: (group === 'custom' && isMap(written) ? entry : merge(before?.value ?? {}, entry)) as PlainMap,
        decidedAt: decides ? decision(layer, path, written) : before.decidedAt,
        layer,
        path,
      });
    }
  }
  return result;
}

/** What the files of a kind say of our rules, whichever of its names each is called by. */
export function ruleLayers(layers: readonly Layer[], kind: DocumentKind): Map<string, Said> {
  const ids = ourRules.flatMap(({ id, family, kind: of }) =>
    family === undefined || of !== kind ? [] : [[family, id] as const],
  );
  return entriesOf(layers, 'rules', new Map(ids));
}

/** The short form as the full one. */
function fullEntry(written: unknown): PlainMap {
  return isMap(written) ? written : { severity: written };
}

function decision(layer: Layer, path: ValuePath, written: unknown): Decision {
  const saysSeverity = isMap(written) && Object.hasOwn(written, 'severity');
  let place: FilePlace | null = null;
  const position = () => (place ??= placeOf(layer.file, saysSeverity ? [...path, 'severity'] : path, 'key'));
  return {
    file: layer.file.name,
    // Few commands show it, and of a file of ours it has to be looked up in the text.
    get line() {
      return position().line;
    },
    get column() {
      return position().column;
    },
  };
}

/** One of our rules, with what the files say about it. */
export function toEntry(rule: Rule | SetRule | FolderRule, said: Said | undefined): RuleEntry {
  const value = said?.value ?? {};
  return {
    id: rule.id,
    kind: 'kind' in rule ? rule.kind : mainKind,
    origin: 'scope' in rule ? 'folder-rule' : 'kind' in rule ? 'rule' : 'set-rule',
    description: rule.description,
    severity: said ? ((value['severity'] ?? rule.defaultSeverity) as Severity | 'off') : 'off',
    decidedAt: said?.decidedAt ?? null,
    options: rule.options.parse(value['options'] ?? {}),
    messages: (value['messages'] ?? {}) as Record<string, string>,
    url: (value['url'] ?? null) as string | null,
    ...exemptions(value),
  };
}

/** `only`, `except` and `grace` of an entry that its schema has accepted. */
export function exemptions(value: PlainMap): Exemptions {
  return { only: value['only'], except: value['except'], grace: value['grace'] } as Exemptions;
}
