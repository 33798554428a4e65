/**
 * The floors of the house: who may import whom. The pipeline reads
 * scan, parse, evaluate, plan, apply, report; stages never import each other.
 */
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}(/|$)`);

/** Modules in `from` may import themselves, Node's built-ins and `allowed` only. */
const floor = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed], dependencyTypesNot: ['core'] },
});
const text = '^src/text/';
const files = '^src/files/';
/** Modules that read files of the package itself, find out what a path is, or make a folder of their own. */
const ownFiles = [
  '^src/config/(built-in|layers|load-policy|gather|prepared|prepare-rules)\\.ts$',
  '^src/cli/(version|starter-files|lint-fix)\\.ts$',
  '^src/cli/diff/git-rules\\.ts$',
];
const model = '^src/model/';
const markdown = '^src/markdown/';
const markdownLibraries = npm(
  'unified',
  'remark-[a-z]+',
  'mdast[a-z-]*',
  'micromark[a-z-]*',
  'unist[a-z-]*',
  '@types/(mdast|unist)',
);

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    floor('text-imports-nothing', text, []),
    floor('model-knows-text-only', model, [text, ...npm('temporal-polyfill')]),
    floor('files-read-and-write', files, [text, model]),
    floor('markdown-makes-trees', markdown, [text, ...markdownLibraries]),
    floor('kinds-and-parse-read', '^src/(kinds|parse)/', [
      text,
      model,
      markdown,
      ...npm('gemoji', 'temporal-polyfill', 're2js', 'yaml', 'zod'),
    ]),
    floor('rules-are-pure', '^src/rules/', [text, model, ...npm('zod', 'temporal-polyfill')]),
    ...['scan', 'timeline', 'apply', 'remind'].map((stage) =>
      floor(`${stage}-knows-the-model-only`, `^src/${stage}/`, [text, model, ...npm('temporal-polyfill')]),
    ),
    floor('plan-knows-model-and-markdown', '^src/plan/', [text, model, markdown, ...npm('zod')]),
    floor('plans-reads-folders-of-pages', '^src/plans/', [
      text,
      model,
      markdown,
      '^src/parse/front-matter',
      ...npm('yaml', 'fastest-levenshtein'),
    ]),
    floor('assess-runs-parse-timeline-rules', '^src/assess/', [
      text,
      model,
      '^src/(kinds|parse|timeline|rules)/',
      ...npm('temporal-polyfill'),
    ]),
    floor('state-keeps-what-was-read', '^src/state/', [text, model, files, ...npm('zod')]),
    floor('records-read-and-write-reports', '^src/records/', [text, model, ...npm('zod')]),
    floor('reporters-render-records', '^src/(reporters|site)/', [
      text,
      model,
      '^src/records/',
      ...npm('cli-table3', 'picocolors', 'hono', 'd3-[a-z]+', '@types/d3-[a-z]+'),
    ]),
    floor('config-reads-rule-files', '^src/config/', [
      text,
      files,
      model,
      '^src/(rules|kinds)/',
      ...npm(
        'yaml',
        'zod',
        're2js',
        '@marcbachmann/cel-js',
        'fastest-levenshtein',
        'temporal-polyfill',
        'ical.js',
      ),
    ]),
    floor('gitlab-is-the-gateway', '^src/gitlab/', [
      text,
      model,
      ...npm('@gitbeaker/[a-z-]+', 'zod', 'p-retry', 'p-limit', 'p-queue', 'undici'),
    ]),
    floor('sandbox-stands-alone', '^src/sandbox/', [
      text,
      markdown,
      ...npm(
        'hono',
        '@hono/node-server',
        'unified',
        'remark-[a-z]+',
        'rehype-[a-z]+',
        '@types/(hast|mdast|unist)',
        'hast[a-z-]*',
        'mdast[a-z-]*',
        'unist[a-z-]*',
        'zod',
        'yaml',
        'gemoji',
      ),
    ]),
    {
      name: 'only-gitlab-knows-gitbeaker',
      severity: 'error',
      from: { pathNot: '^src/gitlab/' },
      to: { path: npm('@gitbeaker/[a-z-]+') },
    },
    {
      name: 'only-files-touches-the-disk',
      comment:
        'One way to read and to write, where nothing planted is followed; the others read files of the package.',
      severity: 'error',
      from: { path: '^src/', pathNot: [files, ...ownFiles] },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'usecases-take-ports',
      severity: 'error',
      from: { path: '^src/usecases/' },
      to: { path: ['^src/gitlab/', '^src/cli', '^src/sandbox/'] },
    },
    {
      name: 'nothing-imports-the-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli' },
      to: { path: '^src/cli' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
