// Builds dist/: the program in a few files, since Node takes longer to find seven hundred modules than to run them.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { nameToEmoji } from 'gemoji';
import { tsImport } from 'tsx/esm/api';

/** What a package brings along that we never use: half of what would have to be read at each start. */
const lighter = {
  name: 'lighter',
  setup({ onLoad }) {
    // Error messages in sixty languages; ours are our own.
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
    // Descriptions, tags and categories of each emoji.
    onLoad({ filter: /[\\/]gemoji[\\/]index\.js$/ }, () => ({
      contents: `export const nameToEmoji = ${JSON.stringify(nameToEmoji)};`,
    }));
  },
};

// CommonJS that loads what it needs when it needs it: it stays in node_modules.
const external = JSON.parse(readFileSync(new URL('externals.json', import.meta.url), 'utf8'));

rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { cli: 'src/cli.ts', 'read-worker': 'src/parse/read-worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'warning',
  // Half of what is left to read; names stay, for stack traces.
  minifyWhitespace: true,
  plugins: [lighter],
  external,
  metafile: true,
  // Packages in CommonJS that are bundled ask for Node's own modules.
  banner: { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" },
});
chmodSync('dist/cli.js', 0o755);
writeFileSync('dist/licences.txt', licencesOf(metafile));

// Our own rule files as values, checked: reading them as YAML is most of what a short command would do.
const { prepareRules } = await tsImport('../src/config/prepare-rules.ts', import.meta.url);
writeFileSync('dist/rules.json', JSON.stringify(await prepareRules()));

/** The licences of the packages that are part of the program, as they ask for. */
function licencesOf({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder)
        .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
        .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
      return [`${name} ${version} (${license})`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}
