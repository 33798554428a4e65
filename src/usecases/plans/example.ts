import type { KnownItem, PlanFolder, PlanItem } from '../../model/plan-folder.ts';
import { itemKey } from '../../model/plan-folder.ts';
import type { DocumentReader } from '../../model/reader.ts';
import type { FolderReport } from '../../model/rule.ts';
import { planFolder } from '../../plans/folder.ts';
import { readPage } from '../../plans/page.ts';
import type { FolderRule, FolderRuleExample } from '../../rules/folder-rule.ts';

/** The folder of an example that says nothing else: the handbook's own. */
const exampleFolder = ['content', 'handbook', 'security', 'planning'];

/**
 * What a rule over a folder reports on one of its examples.
 * @throws ZodError when the example's options are not the rule's
 */
export function runFolderExample(
  rule: FolderRule,
  example: FolderRuleExample,
  reader: DocumentReader,
): FolderReport[] {
  const today = example.today ?? '2026-11-23';
  const pages = Object.entries(example.pages).map(([path, lines]) => {
    const source = lines.join('\n');
    const document = reader.read('plan', source, { title: '', now: `${today}T09:00:00Z` });
    return readPage({ file: path, path, source, document }, { issuesToo: true });
  });
  const folder = planFolder({
    name: '.',
    pages,
    files: [],
    outside: new Map(),
    folderPath: exampleFolder,
    settings: { siteRoot: null, index: null },
    online: onlineOf(
      pages.flatMap(({ items }) => items),
      example.online,
    ),
    before: example.before === undefined ? null : new Map(Object.entries(example.before)),
    today,
  });
  return [...rule.bind(rule.options.parse(example.options ?? {}))(folder)];
}

function onlineOf(items: readonly PlanItem[], said: FolderRuleExample['online']): PlanFolder['online'] {
  if (said === undefined) return null;
  const known = new Map<string, KnownItem | { unknown: string }>();
  for (const item of items) {
    const name = `${item.parent ?? ''}${item.type === 'epic' ? '&' : '#'}${item.iid}`;
    const one = said[name];
    if (one === undefined || one === 'unknown') {
      known.set(itemKey(item), {
        unknown: 'GitLab answers "not found": it is not there, or may not be seen.',
      });
    } else {
      known.set(itemKey(item), {
        state: one.state,
        title: name,
        url: `https://gitlab.com/${name}`,
        issues:
          one.issues === 'unknown'
            ? null
            : (one.issues ?? []).map(({ title, state = 'opened' }, index) => ({
                ref: `acme-sec/work#${index + 1}`,
                title,
                url: `https://gitlab.com/acme-sec/work/-/issues/${index + 1}`,
                state,
              })),
        ...(one.promotedTo === undefined ? {} : { promotedTo: one.promotedTo }),
      });
    }
  }
  return known;
}
