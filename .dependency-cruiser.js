/**
 * The floors of the house: who may import whom. The pipeline reads
 * scan, parse, evaluate, plan, apply, report; stages never import each other.
 */
const npm = (...names) => names.map((name) => `^node_modules/${name}(/|$)`);

/** Modules in `from` may import themselves, Node's built-ins and `allowed` only. */
const floor = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...allowed], dependencyTypesNot: ['core'] },
});
const model = '^src/model/';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    floor('model-imports-nothing', model, []),
    floor('rules-are-pure', '^src/rules/', [model, ...npm('zod', 'temporal-polyfill')]),
    floor('parse-stands-alone', '^src/parse/', [
      model,
      ...npm(
        'unified',
        'remark-[a-z]+',
        'mdast[a-z-]*',
        'micromark[a-z-]*',
        'unist[a-z-]*',
        '@types/(mdast|unist)',
        'gemoji',
        'temporal-polyfill',
        're2js',
        'yaml',
        'zod',
      ),
    ]),
    ...['scan', 'plan', 'apply', 'report'].map((stage) =>
      floor(`${stage}-knows-the-model-only`, `^src/${stage}/`, [
        model,
        ...npm('zod', 'cli-table3', 'picocolors'),
      ]),
    ),
    floor('evaluate-runs-rules', '^src/evaluate/', [model, '^src/rules/rule\\.ts$']),
    floor('config-reads-rule-files', '^src/config/', [
      model,
      '^src/rules/',
      ...npm('yaml', 'zod', 're2js', '@marcbachmann/cel-js', 'fastest-levenshtein', 'temporal-polyfill'),
    ]),
    floor('gitlab-is-the-gateway', '^src/gitlab/', [
      model,
      ...npm('@gitbeaker/[a-z-]+', 'zod', 'p-retry', 'p-limit', 'p-queue'),
    ]),
    floor('sandbox-stands-alone', '^src/sandbox/', [
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
      name: 'run-takes-ports',
      severity: 'error',
      from: { path: '^src/run\\.ts$' },
      to: { path: ['^src/gitlab/', '^src/config/', '^src/cli', '^src/sandbox/'] },
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
