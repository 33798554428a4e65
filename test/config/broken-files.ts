/** `file:line:column`, the code, and words that must be in the message or the advice. */
type Expected = readonly [place: string, code: string, words?: string];

interface Broken {
  name: string;
  files: Record<string, string>;
  errors: Expected[];
}

const policy = (name: string, text: string, ...errors: Expected[]): Broken => ({
  name: `policy: ${name}`,
  files: { 'policy.yml': text },
  errors,
});

const kr = (name: string, text: string, ...errors: Expected[]): Broken => ({
  name: `kr: ${name}`,
  files: { 'policy.yml': '', 'kr.yml': text },
  errors,
});

/** A custom rule in kr.yml whose lines are given; the first of them is line 3. */
const custom = (name: string, lines: string[], ...errors: Expected[]): Broken =>
  kr(
    `custom rule, ${name}`,
    ['custom:', '  mine:', ...lines.map((line) => `    ${line}`)].join('\n'),
    ...errors,
  );

const asserting = (name: string, expression: string, ...errors: Expected[]): Broken =>
  custom(name, ['description: d', `assert: ${expression}`, 'message: m'], ...errors);

export const brokenFiles: Broken[] = [
  // ── YAML ──────────────────────────────────────────────────────────────────────────────────────────────────────
  policy('unclosed list', 'select:\n  labels: [KR\ncalendar: {}\n', [
    'policy.yml:3:1',
    'yaml-syntax',
    'not valid YAML',
  ]),
  policy('tab as indentation', 'select:\n\tlabels: [KR]\n', [
    'policy.yml:2:1',
    'yaml-syntax',
    'Indent with blanks',
  ]),
  policy('unclosed quote', 'comment:\n  signature: "KR\n', ['policy.yml:3:1', 'yaml-syntax', 'quote']),
  policy('reserved character', 'comment:\n  signature: @bot\n', [
    'policy.yml:2:14',
    'yaml-syntax',
    'Put the value between quotes',
  ]),
  policy('colon in a value', 'comment:\n  signature: KR: the bot\n', [
    'policy.yml:2:14',
    'yaml-syntax',
    'goes between quotes',
  ]),
  policy('bad indentation', 'select:\n  labels: [KR]\n title: x\n', [
    'policy.yml:3:1',
    'yaml-syntax',
    'begin in the same column',
  ]),
  policy('key twice', 'sources: []\nsources: []\n', ['policy.yml:2:1', 'duplicate-key', '"sources"']),
  policy('key twice, deep', 'select:\n  state: all\n  labels: [KR]\n  state: opened\n', [
    'policy.yml:4:3',
    'duplicate-key',
    '"state"',
  ]),
  policy(
    'key twice, next to other errors',
    'labels: {}\nlabels: {}\nsource: []\nselect:\n  title: "("\ncalendar:\n  year-starts-in: Febuary\n  __proto__: {}\n',
    ['policy.yml:2:1', 'duplicate-key'],
    ['policy.yml:3:1', 'unknown-key', 'Did you mean `sources`'],
    ['policy.yml:5:10', 'bad-pattern'],
    ['policy.yml:7:19', 'not-one-of', 'february'],
    ['policy.yml:8:3', 'unsafe-key'],
  ),
  policy(
    'key twice, next to a line that is not YAML',
    'extends: handbook\nextends: minimal\n\tfoo: x\n',
    ['policy.yml:2:1', 'duplicate-key', '"extends"'],
    ['policy.yml:3:1', 'yaml-syntax', 'Tabs'],
  ),
  policy(
    'two lines that are not YAML',
    'select:\n\tstate: all\ncomment:\n  signature: @bot\n',
    ['policy.yml:2:1', 'yaml-syntax', 'Tabs'],
    ['policy.yml:4:14', 'yaml-syntax', 'reserved character'],
  ),
  policy('unknown alias', 'sources: *everything\n', ['policy.yml:1:10', 'unknown-alias', '"everything"']),
  policy('tag', 'sources: !!js/function "x"\n', ['policy.yml:1:10', 'tag', 'no tags']),
  policy('merge key', 'limits:\n  <<: { concurrency: 3 }\n', ['policy.yml:2:3', 'merge-key', 'extends']),
  policy('two documents', 'sources: []\n---\nlimits: {}\n', [
    'policy.yml:2:1',
    'several-documents',
    'one document',
  ]),
  policy('YAML 1.1', '%YAML 1.1\n---\nsources: []\n', ['policy.yml:1:1', 'yaml-version', '1.1']),
  policy('a list instead of a map', '- extends: handbook\n', [
    'policy.yml:1:1',
    'wrong-type',
    'a map of keys and values',
  ]),
  policy('a text instead of a map', 'handbook\n', ['policy.yml:1:1', 'wrong-type', '"handbook"']),
  policy('prototype key', '__proto__:\n  admin: true\n', ['policy.yml:1:1', 'unsafe-key', '__proto__']),
  policy('prototype key, deep', 'select:\n  constructor: {}\n', [
    'policy.yml:2:3',
    'unsafe-key',
    'constructor',
  ]),
  policy('map as key', 'select:\n  ? { a: b }\n  : c\n', ['policy.yml:2:5', 'bad-key', 'plain word']),

  // ── Unknown keys ──────────────────────────────────────────────────────────────────────────────────────────────
  policy('unknown key', 'sorces: []\n', ['policy.yml:1:1', 'unknown-key', 'Did you mean `sources`']),
  policy('unknown key, nothing near', 'zzzzzzzz: 1\n', ['policy.yml:1:1', 'unknown-key', 'Known: `extends`']),
  policy('unknown key, deep', 'select:\n  lables: [KR]\n', [
    'policy.yml:2:3',
    'unknown-key',
    'Did you mean `labels`',
  ]),
  policy('camel case', 'comment:\n  maxFindings: 3\n', [
    'policy.yml:2:3',
    'unknown-key',
    'Did you mean `max-findings`',
  ]),
  policy('snake case', 'limits:\n  requests_per_minute: 3\n', [
    'policy.yml:2:3',
    'unknown-key',
    '`requests-per-minute`',
  ]),
  policy('unknown key in a source', 'sources:\n  - projct: a/b\n', [
    'policy.yml:2:5',
    'unknown-key',
    'Did you mean `project`',
  ]),
  policy(
    'several at once',
    'sorces: []\nlimits:\n  concurrency: 0\nselect:\n  state: open\n  lables: []\n',
    ['policy.yml:1:1', 'unknown-key'],
    ['policy.yml:3:16', 'too-small'],
    ['policy.yml:5:10', 'not-one-of'],
    ['policy.yml:6:3', 'unknown-key'],
  ),

  // ── Values of policy.yml ──────────────────────────────────────────────────────────────────────────────────────
  policy('text instead of list', 'sources: a/b\n', ['policy.yml:1:10', 'wrong-type', 'It must be a list']),
  policy('number instead of labels', 'select:\n  labels: 5\n', [
    'policy.yml:2:11',
    'wrong-type',
    'It must be a text or a list',
  ]),
  policy('number instead of text', 'comment:\n  signature: 5\n', [
    'policy.yml:2:14',
    'wrong-type',
    'It must be a text',
  ]),
  policy('text instead of number', 'limits:\n  concurrency: "8"\n', ['policy.yml:2:16', 'wrong-type', '"8"']),
  policy('yes for true', 'comment:\n  corrections: yes\n', [
    'policy.yml:2:16',
    'wrong-type',
    '`true` or `false`',
  ]),
  policy('nothing instead of a map', 'select:\n', ['policy.yml:1:1', 'wrong-type', 'a map']),
  policy('not one of', 'select:\n  state: open\n', [
    'policy.yml:2:10',
    'not-one-of',
    'Did you mean `opened`',
  ]),
  policy('month in digits', 'calendar:\n  year-starts-in: 2\n', [
    'policy.yml:2:19',
    'not-one-of',
    '`february`',
  ]),
  policy('month misspelt', 'calendar:\n  year-starts-in: febuary\n', [
    'policy.yml:2:19',
    'not-one-of',
    'Did you mean `february`',
  ]),
  policy('named after', 'calendar:\n  named-after: stop\n', [
    'policy.yml:2:16',
    'not-one-of',
    '`start` or `end`',
  ]),
  policy('too small', 'limits:\n  concurrency: 0\n', ['policy.yml:2:16', 'too-small', 'at least 1']),
  policy('too big', 'limits:\n  notes-per-minute: 1000000\n', [
    'policy.yml:2:21',
    'too-big',
    'at most 10000',
  ]),
  policy('fraction', 'limits:\n  concurrency: 1.5\n', ['policy.yml:2:16', 'wrong-type', 'a whole number']),
  policy('label with comma', 'select:\n  labels: ["KR, Q4"]\n', [
    'policy.yml:2:12',
    'bad-value',
    'an item of its own',
  ]),
  policy('label None', 'select:\n  labels:\n    - KR\n    - None\n', [
    'policy.yml:4:7',
    'bad-value',
    'no label',
  ]),
  policy('empty label', "select:\n  labels: ['']\n", [
    'policy.yml:2:12',
    'too-small',
    'at least 1 character',
  ]),
  policy('no age meets both', 'select:\n  age: { min-days: 50, max-days: 2 }\n', [
    'policy.yml:2:34',
    'bad-value',
    'is 2. It must be 50 or more, since `min-days` is 50',
  ]),
  policy(
    'a label both wanted and barred, next to other errors',
    'select:\n  labels: [KR, okr]\n  without-labels: [draft, okr]\n  state: shut\n',
    ['policy.yml:3:27', 'bad-value', '`select.without-labels[1]` is "okr". It must be a label that is not'],
    ['policy.yml:4:10', 'not-one-of'],
  ),
  policy('a label both wanted and barred, each by itself', 'select: { labels: KR, without-labels: KR }\n', [
    'policy.yml:1:39',
    'bad-value',
    '`select.without-labels` is "KR"',
  ]),
  policy('the label of the preset barred', 'select: { without-labels: [KR] }\n', [
    'policy.yml:1:28',
    'bad-value',
    'With everything it extends, `select.without-labels[0]` is "KR"',
  ]),
  kr(
    'numbers that nothing meets',
    'rules:\n  require-milestones: { options: { min: 5, max: 2 } }\n  match-krs-per-objective:\n    options: { max: 2, min: 3 }\n  require-objective: { severity: error, except: { age: { max-days: 1, min-days: 2 } } }\n',
    ['kr.yml:2:49', 'bad-value', '`min` is 5'],
    ['kr.yml:4:21', 'bad-value', 'or make `min` smaller'],
    ['kr.yml:5:68', 'bad-value', '`min-days` is 2'],
  ),
  {
    name: 'kr: a number that nothing meets, with the default of the rule',
    files: {
      'policy.yml': 'extends: minimal\n',
      'kr.yml': 'extends: minimal\nrules:\n  match-krs-per-objective: { options: { min: 9 } }\n',
    },
    errors: [['kr.yml:3:3', 'bad-value', 'With everything it extends, `max` is 5. It must be 9 or more']],
  },
  policy('same label twice', 'labels:\n  ok: a\n  needs-attention: a\n', [
    'policy.yml:2:7',
    'bad-value',
    'another label',
  ]),
  policy('group with @', "people:\n  groups: ['@security']\n", [
    'policy.yml:2:12',
    'bad-value',
    'without `@`',
  ]),
  policy('pattern that does not compile', 'select:\n  title: "FY(27"\n', [
    'policy.yml:2:10',
    'bad-pattern',
    'FY(27',
  ]),
  policy('pattern that looks ahead', "select:\n  title: 'KR(?=1)'\n", [
    'policy.yml:2:10',
    'bad-pattern',
    'looks ahead',
  ]),
  policy('pattern that refers back', "select:\n  title: '(a)\\1'\n", [
    'policy.yml:2:10',
    'bad-pattern',
    'refers back',
  ]),
  policy('milestone that cannot be checked', 'select:\n  milestone: Upcoming\n', [
    'policy.yml:2:14',
    'bad-value',
    '`None` or `Any`',
  ]),
  policy('source that is neither', 'sources:\n  - security\n', ['policy.yml:2:5', 'wrong-type', 'a map']),
  policy('path that is not one', 'sources:\n  - project: https://gitlab.com/a/b\n', [
    'policy.yml:2:14',
    'bad-value',
    'group/project',
  ]),
  policy('project and group in one', 'sources:\n  - project: a/b\n    group: c\n', [
    'policy.yml:3:5',
    'unknown-key',
    '"group"',
  ]),
  policy('address without https', 'comment:\n  handbook-url: handbook.example.com\n', [
    'policy.yml:2:17',
    'bad-value',
    'https://',
  ]),
  policy('address with HTML', 'comment:\n  handbook-url: "https://x.example/<b>"\n', [
    'policy.yml:2:17',
    'bad-value',
    'angle brackets',
  ]),
  policy('javascript address', 'comment:\n  handbook-url: "javascript:alert(1)"\n', [
    'policy.yml:2:17',
    'bad-value',
    'https://',
  ]),
  policy('signature with a mention', "comment:\n  signature: 'KR @all'\n", [
    'policy.yml:2:14',
    'bad-value',
    'without `@`',
  ]),
  policy('age below zero', 'select:\n  age: { min-days: -1 }\n', [
    'policy.yml:2:20',
    'too-small',
    'at least 0',
  ]),

  // ── extends ───────────────────────────────────────────────────────────────────────────────────────────────────
  policy('unknown preset', 'extends: handbok\n', [
    'policy.yml:1:10',
    'unknown-preset',
    'Did you mean `handbook`',
  ]),
  policy('second preset unknown', 'extends:\n  - handbook\n  - maximal\n', [
    'policy.yml:3:5',
    'unknown-preset',
    '"maximal"',
  ]),
  policy('extends a file that is not there', 'extends: ./base.yml\n', [
    'policy.yml:1:10',
    'file-not-found',
    '"./base.yml"',
  ]),
  policy('extends out of the folder', 'extends: ../../etc/passwd\n', [
    'policy.yml:1:10',
    'path-escape',
    'leads out',
  ]),
  policy('extends an absolute path', 'extends: /etc/passwd\n', [
    'policy.yml:1:10',
    'path-escape',
    'leads out',
  ]),
  policy('extends an address', 'extends: https://example.com/policy.yml\n', [
    'policy.yml:1:10',
    'extends-remote',
    'network',
  ]),
  policy('extends itself', 'extends: ./policy.yml\n', ['policy.yml:1:10', 'extends-cycle', 'no end']),
  policy('extends a number', 'extends: 5\n', ['policy.yml:1:10', 'wrong-type', 'a text or a list']),
  {
    name: 'policy: a circle of two files',
    files: { 'policy.yml': 'extends: ./a.yml\n', 'a.yml': 'limits: {}\nextends: [./policy.yml]\n' },
    errors: [['a.yml:2:11', 'extends-cycle', 'in turn']],
  },
  {
    name: 'policy: errors in an extended file too',
    files: { 'policy.yml': 'extends: ./a.yml\nsorces: []\n', 'a.yml': 'limts: {}\n' },
    errors: [
      ['policy.yml:2:1', 'unknown-key'],
      ['a.yml:1:1', 'unknown-key'],
    ],
  },

  // ── kr.yml ────────────────────────────────────────────────────────────────────────────────────────────────────
  kr('unknown rule', 'rules:\n  require-objectives: error\n', [
    'kr.yml:2:3',
    'unknown-rule',
    'Did you mean `require-objective`',
  ]),
  kr('rule of another kind', 'rules:\n  require-plan-title: error\n', [
    'kr.yml:2:3',
    'unknown-rule',
    'Move it to plan.yml',
  ]),
  kr('rule at the top', 'require-objective: error\n', ['kr.yml:1:1', 'unknown-key', '"require-objective"']),
  kr('unknown severity', 'rules:\n  require-objective: warn\n', [
    'kr.yml:2:22',
    'not-one-of',
    'Did you mean `warning`',
  ]),
  kr('unknown severity, long form', 'rules:\n  require-objective:\n    severity: fatal\n', [
    'kr.yml:3:15',
    'not-one-of',
    '`off`',
  ]),
  kr('true for a severity', 'rules:\n  require-objective: true\n', ['kr.yml:2:22', 'not-one-of']),
  kr('severity misspelt', 'rules:\n  require-objective:\n    severty: off\n', [
    'kr.yml:3:5',
    'unknown-key',
    'Did you mean `severity`',
  ]),
  kr('option outside options', 'rules:\n  require-objective:\n    min-length: 3\n', [
    'kr.yml:3:5',
    'unknown-key',
    '"min-length"',
  ]),
  kr('unknown option', 'rules:\n  require-objective:\n    options:\n      minlength: 3\n', [
    'kr.yml:4:7',
    'unknown-key',
    'Did you mean `min-length`',
  ]),
  kr('option of the wrong type', 'rules:\n  require-objective:\n    options: { min-length: long }\n', [
    'kr.yml:3:28',
    'wrong-type',
    'a number',
  ]),
  kr('option too small', 'rules:\n  require-overall-dri:\n    options: { max: 0 }\n', [
    'kr.yml:3:21',
    'too-small',
    'at least 1',
  ]),
  kr(
    'option with an unknown choice',
    'rules:\n  require-milestone-dri:\n    options:\n      states: [open, finished]\n',
    ['kr.yml:4:22', 'not-one-of', '`done`'],
  ),
  kr('only without a condition', 'rules:\n  require-objective:\n    only: {}\n', [
    'kr.yml:3:11',
    'bad-value',
    'at least one condition',
  ]),
  kr('unknown condition', 'rules:\n  require-objective:\n    except: { assignee: ann }\n', [
    'kr.yml:3:15',
    'unknown-key',
    '"assignee"',
  ]),
  kr('quarter that is not one', 'rules:\n  require-objective:\n    only: { quarter: Q4 2026 }\n', [
    'kr.yml:3:22',
    'bad-value',
    'FY27 Q4',
  ]),
  kr('pattern in a condition', "rules:\n  require-objective:\n    except: { title: '[' }\n", [
    'kr.yml:3:22',
    'bad-pattern',
  ]),
  kr('grace as a number', 'rules:\n  require-objective:\n    grace: 7\n', [
    'kr.yml:3:12',
    'wrong-type',
    'a map',
  ]),
  kr('grace too long', 'rules:\n  require-objective:\n    grace: { quarter-start: 100 }\n', [
    'kr.yml:3:29',
    'too-big',
    'at most 92',
  ]),
  kr('unknown message', 'rules:\n  require-objective:\n    messages:\n      mising: x\n', [
    'kr.yml:4:7',
    'unknown-key',
    'Did you mean `missing`',
  ]),
  kr('unknown placeholder', 'rules:\n  require-milestones:\n    messages:\n      missing: "No {nmae}"\n', [
    'kr.yml:4:20',
    'unknown-placeholder',
    '{nmae}',
  ]),
  kr('quick action in a message', 'rules:\n  require-objective:\n    messages:\n      missing: /close\n', [
    'kr.yml:4:16',
    'quick-action',
    '/close',
  ]),
  kr(
    'quick action in the second line of a message',
    'rules:\n  require-objective:\n    messages:\n      missing: |\n        Fill it in\n        /assign me\n',
    ['kr.yml:6:9', 'quick-action', '/assign'],
  ),
  kr(
    '@all in a message',
    'rules:\n  require-objective:\n    messages:\n      missing: "Hey @all, fill it in"\n',
    ['kr.yml:4:21', 'mention', '@all'],
  ),
  kr(
    'marker in a message',
    'rules:\n  require-objective:\n    messages:\n      missing: "<!-- kr-hygiene -->"\n',
    ['kr.yml:4:17', 'html-comment'],
    ['kr.yml:4:33', 'html-comment'],
  ),
  kr(
    'HTML in a message',
    'rules:\n  require-objective:\n    messages:\n      missing: "Please <img src=x>"\n',
    ['kr.yml:4:24', 'html', '<img'],
  ),
  kr('template that is not there', 'template: templates/nope.md\n', [
    'kr.yml:1:11',
    'file-not-found',
    'nope.md',
  ]),
  kr('template out of the folder', 'template: ../../etc/passwd\n', [
    'kr.yml:1:11',
    'path-escape',
    'leads out',
  ]),
  kr('set rule with except', 'rules:\n  no-kr-number-gap:\n    except: { labels: x }\n', [
    'kr.yml:3:5',
    'unknown-key',
    '`severity` and `options`',
  ]),

  // ── Custom rules ──────────────────────────────────────────────────────────────────────────────────────────────
  custom(
    'no message',
    ['description: d', 'assert: kr.milestones.size() > 0'],
    ['kr.yml:2:3', 'missing-key', '"message"'],
  ),
  custom(
    'unknown key',
    ['description: d', 'asert: "true"', 'assert: "true"', 'message: m'],
    ['kr.yml:4:5', 'unknown-key', 'Did you mean `assert`'],
  ),
  custom(
    'for-each of another kind',
    ['description: d', 'for-each: epic', 'assert: "true"', 'message: m'],
    ['kr.yml:4:15', 'not-one-of', '`milestone`'],
  ),
  asserting('syntax', 'kr.milestones.size( > 3', ['kr.yml:4:33', 'cel-syntax', 'Unexpected token: >']),
  asserting('unclosed text', "'\"abc'", ['kr.yml:4:14', 'cel-syntax', 'Unterminated']),
  asserting('unknown name', 'milestones.size() > 0', ['kr.yml:4:13', 'cel-type', 'There is no "milestones"']),
  asserting('unknown field', 'kr.objectiv.text != ""', [
    'kr.yml:4:16',
    'cel-type',
    'Did you mean `objective`',
  ]),
  asserting('unknown field in a macro', 'kr.milestones.all(m, m.dueDat <= today)', [
    'kr.yml:4:36',
    'cel-type',
    'Did you mean `dueDate`',
  ]),
  asserting('unknown field that is asked for', 'has(kr.objectiv.text)', [
    'kr.yml:4:20',
    'cel-type',
    'Did you mean `objective`',
  ]),
  asserting('unknown field that is asked for in a macro', 'kr.milestones.all(m, has(m.dueDat))', [
    'kr.yml:4:40',
    'cel-type',
    'Did you mean `dueDate`',
  ]),
  asserting('field of a text that is asked for', 'has(kr.objective.text.words)', [
    'kr.yml:4:35',
    'cel-type',
    'There is no field "words"',
  ]),
  asserting('text compared with a number', 'kr.objective.text > 40', [
    'kr.yml:4:13',
    'cel-type',
    'a text and a whole number (string > int). To compare how long it is, write `size(kr.objective.text) > 40`.',
  ]),
  asserting('list compared with a number', 'kr.milestones > 2', [
    'kr.yml:4:13',
    'cel-type',
    '`size(kr.milestones) > 2`',
  ]),
  asserting('number compared with a text', 'kr.title.number == "1"', [
    'kr.yml:4:13',
    'cel-type',
    'texts are in quotes, numbers',
  ]),
  asserting('record compared with a text', 'kr.objective == "x"', [
    'kr.yml:4:13',
    'cel-type',
    'Name one of its fields: `text`, `problem`.',
  ]),
  asserting('dates taken from each other', 'kr.quarter.end - today > 3', [
    'kr.yml:4:13',
    'cel-type',
    '`daysBetween(from, to)`',
  ]),
  asserting('single equals sign', 'kr.title.raw = "x"', ['kr.yml:4:26', 'cel-syntax', 'write `==`']),
  asserting('text as a condition', 'kr.title.raw && true', ['kr.yml:4:13', 'cel-type', 'compare it']),
  asserting('truth value instead of an expression', 'true', [
    'kr.yml:4:13',
    'wrong-type',
    'is true, not a text but a truth value. It must be a text that holds a condition, such as',
  ]),
  custom(
    'schema and expressions at once',
    ['assert: kr.foo > 1', 'message: "/close @all"', 'for-each: milestones', 'hint: "{{ milestone.nam }}"'],
    ['kr.yml:2:3', 'missing-key', '"description"'],
    ['kr.yml:3:16', 'cel-type', '"foo"'],
    ['kr.yml:4:15', 'quick-action'],
    ['kr.yml:4:22', 'mention'],
    ['kr.yml:5:15', 'not-one-of', 'Did you mean `milestone`'],
    ['kr.yml:6:25', 'cel-type', '"nam"'],
  ),
  asserting('list taken for a record', 'kr.milestones.size > 2', ['kr.yml:4:27', 'cel-type', '`size(…)`']),
  asserting('function of another language', 'len(text) > 2', ['kr.yml:4:13', 'cel-type', '`size`']),
  asserting('not true or false', 'kr.objective.text', ['kr.yml:4:13', 'cel-type', 'true or false']),
  asserting('unknown function', 'kr.objective.text.length() > 3', ['kr.yml:4:13', 'cel-type', 'length']),
  asserting('forbidden function', 'cel.bind(x, 1, x == 1)', ['kr.yml:4:13', 'cel-function', '"bind"']),
  asserting('pattern that looks ahead', "text.matches('a(?=b)')", [
    'kr.yml:4:26',
    'bad-pattern',
    'looks ahead',
  ]),
  asserting('pattern that is made', 'text.matches(today)', ['kr.yml:4:13', 'cel-pattern', 'written out']),
  asserting('lists of lists', 'kr.milestones.map(m, m.dris) == kr.milestones.map(m, m.dris)', [
    'kr.yml:4:13',
    'cel-nested-list',
  ]),
  custom(
    'error on the third line of a block',
    [
      'description: d',
      'assert: |',
      '  kr.milestones.size() > 0 &&',
      '    kr.objektive.text != ""',
      'message: m',
    ],
    ['kr.yml:6:12', 'cel-type', 'objektive'],
  ),
  custom(
    'error in a folded text',
    ['description: d', 'assert: >-', '  kr.milestones.size() > 0', '  && nothing', 'message: m'],
    ['kr.yml:6:10', 'cel-type', 'nothing'],
  ),
  custom(
    'error in a quoted text with escapes',
    ['description: d', 'assert: "kr.objective.text != \\"\\" && nope"', 'message: m'],
    ['kr.yml:4:43', 'cel-type', 'nope'],
  ),
  custom(
    'expression in the message',
    ['description: d', 'assert: "true"', 'message: "Only {{ kr.milestone.size() }}"'],
    ['kr.yml:5:26', 'cel-type', '`milestones`'],
  ),
  custom(
    'unclosed expression',
    ['description: d', 'assert: "true"', 'message: "Only {{ today"'],
    ['kr.yml:5:20', 'cel-syntax', 'never closed'],
  ),
  custom(
    'value that is no word',
    ['description: d', 'assert: "true"', 'message: "{{ kr.milestones }}"'],
    ['kr.yml:5:17', 'cel-type', 'into a sentence'],
  ),
  custom(
    'quick action in the message',
    ['description: d', 'assert: "true"', 'message: "/close {{ today }}"'],
    ['kr.yml:5:15', 'quick-action'],
  ),
  custom(
    'mention in the hint',
    ['description: d', 'assert: "true"', 'message: m', 'hint: ask @all'],
    ['kr.yml:6:15', 'mention', '@all'],
  ),
  kr(
    'custom rule named like ours',
    'custom:\n  require-objective:\n    description: d\n    assert: "true"\n    message: m\n',
    ['kr.yml:2:3', 'name-taken'],
  ),
  kr(
    'custom rule with a bad name',
    'custom:\n  My Rule:\n    description: d\n    assert: "true"\n    message: m\n',
    ['kr.yml:2:3', 'bad-key', 'objective-is-long-enough'],
  ),
  kr('severity of a custom rule no one defined', 'custom:\n  mine: off\n', [
    'kr.yml:2:3',
    'unknown-rule',
    'the whole rule',
  ]),

  // ── Examples, vocabulary, files ───────────────────────────────────────────────────────────────────────────────
  kr(
    'example for a rule that is not',
    'examples:\n  - name: e\n    markdown: x\n    findings: [require-objectiv]\n',
    ['kr.yml:4:16', 'unknown-rule', 'Did you mean `require-objective`'],
  ),
  kr('example without a text', 'examples:\n  - name: e\n', ['kr.yml:2:5', 'missing-key', '"markdown"']),
  kr(
    'example with a bad day',
    'examples:\n  - name: e\n    markdown: x\n    issue: { due-date: 4.12.2026 }\n',
    ['kr.yml:4:24', 'bad-value', '2026-12-04'],
  ),
  {
    name: 'vocabulary: unknown section',
    files: { 'policy.yml': '', 'vocabulary.yml': 'kinds:\n  kr:\n    sections:\n      objektive: [Ziel]\n' },
    errors: [['vocabulary.yml:4:7', 'unknown-key', 'Did you mean `objective`']],
  },
  {
    name: 'vocabulary: bad pattern',
    files: { 'policy.yml': '', 'vocabulary.yml': "okr-links:\n  records:\n    - 'https://(okr'\n" },
    errors: [['vocabulary.yml:3:7', 'bad-pattern', 'https://(okr']],
  },
  {
    name: 'a file whose name is almost right',
    files: { 'policy.yml': '', 'krs.yml': 'rules: {}\n' },
    errors: [['krs.yml:1:1', 'unused-file', 'Did you mean `kr.yml`']],
  },
  {
    name: 'a file with the ending of yaml',
    files: { 'policy.yaml': 'extends: handbook\n' },
    errors: [['policy.yaml:1:1', 'unused-file', 'Did you mean `policy.yml`']],
  },
  {
    name: 'a folder without policy.yml',
    files: { 'kr.yml': 'rules: { require-objektive: error }\n' },
    errors: [
      ['kr.yml:1:10', 'unknown-rule'],
      ['policy.yml:1:1', 'no-policy', 'kr-hygiene init'],
    ],
  },
  {
    name: 'a test file without a kind',
    files: { 'policy.yml': '', 'mine.test.yml': 'examples: []\n' },
    errors: [['mine.test.yml:1:1', 'unused-file', 'kr.test.yml']],
  },
  {
    name: 'errors in three files at once',
    files: {
      'policy.yml': 'limits:\n  concurrency: none\n',
      'kr.yml':
        'rules:\n  require-objective: loud\ncustom:\n  mine:\n    description: d\n    assert: kr.foo\n    message: "@all"\n',
      'plan.yml': 'rulez: {}\n',
    },
    errors: [
      ['policy.yml:2:16', 'wrong-type'],
      ['kr.yml:2:22', 'not-one-of'],
      ['kr.yml:6:16', 'cel-type'],
      ['kr.yml:7:15', 'mention'],
      ['plan.yml:1:1', 'unknown-key', 'Did you mean `rules`'],
    ],
  },
];
