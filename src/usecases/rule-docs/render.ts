import { runExample } from '../../assess/example.ts';
import { builtInRulesDir } from '../../config/built-in.ts';
import { loadPolicy } from '../../config/load-policy.ts';
import { ourRules as rules } from '../../config/our-rules.ts';
import { documentKinds, kinds } from '../../kinds/index.ts';
import { mainKind } from '../../model/document.ts';
import { createReader } from '../../parse/reader.ts';
import { folderRules, setRules } from '../../rules/index.ts';
import { runFolderExample } from '../plans/example.ts';
import { policyPage } from './policy-page.ts';
import { folderRulePage, generatedMark, listOfRules, rulePage, setRulePage } from './rule-page.ts';

const startMark = '<!-- rules:start -->';
const endMark = '<!-- rules:end -->';

/**
 * The documentation of all rules, read from the rules themselves: path from the root of the project → text.
 * Examples are run, so that what a page shows is what the rule says.
 */
export async function renderRuleDocs(): Promise<Map<string, string>> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok)
    throw new Error('The rule files of the package itself have errors; see `kr-hygiene rules check`.');
  const { grammar, calendar } = loaded.policy.settings;
  const reader = createReader(grammar, calendar);
  const pages = new Map<string, string>();
  pages.set('docs/policy.md', policyPage(loaded.policyFile));
  pages.set('docs/rules/README.md', overview());
  for (const rule of rules) {
    const reports = rule.examples.map((example) => runExample(rule, example, reader, calendar));
    pages.set(`docs/rules/${rule.id}.md`, rulePage(rule, reports));
  }
  for (const rule of folderRules) {
    const reports = rule.examples.map((example) => runFolderExample(rule, example, reader));
    pages.set(`docs/rules/${rule.id}.md`, folderRulePage(rule, reports));
  }
  for (const rule of setRules) pages.set(`docs/rules/${rule.id}.md`, setRulePage(rule));
  return pages;
}

/** The rules of a KR as a Markdown table, for the README. */
function ruleTable(): string {
  const ofKr = rules.filter(({ kind }) => kind === mainKind);
  return listOfRules(ofKr, 'docs/rules/');
}

/** The README with its rule table renewed; the text as it is when it has no place for one. */
export function withRuleTable(readme: string): string {
  const start = readme.indexOf(startMark);
  const end = readme.indexOf(endMark);
  if (start === -1 || end < start) return readme;
  return `${readme.slice(0, start + startMark.length)}\n\n${ruleTable()}\n\n${readme.slice(end)}`;
}

function overview(): string {
  const blocks = [
    generatedMark,
    '# Rules',
    'Each rule has a page of its own: why it is there, what it says, its options, and examples that are run as tests.',
  ];
  for (const kind of documentKinds) {
    blocks.push(
      `## ${kinds[kind].nouns.many}`,
      listOfRules(
        rules.filter((rule) => rule.kind === kind),
        '',
      ),
    );
  }
  blocks.push('## All pages of a folder', listOfRules(folderRules, ''));
  blocks.push('## All Key Results of a quarter', listOfRules(setRules, ''));
  return `${blocks.join('\n\n')}\n`;
}
