// Builds dist/: the program in a few files, since Node takes longer to find seven hundred modules than to run them.
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
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

rmSync('dist', { recursive: true, force: true });
await build({
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
  // CommonJS that loads what it needs when it needs it.
  external: ['pino', 'pino-pretty', 'undici', '@gitbeaker/*'],
  // Packages in CommonJS that are bundled ask for Node's own modules.
  banner: { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" },
});
chmodSync('dist/cli.js', 0o755);

// Our own rule files as values, checked: reading them as YAML is most of what a short command would do.
const { prepareRules } = await tsImport('../src/config/prepare-rules.ts', import.meta.url);
writeFileSync('dist/rules.json', JSON.stringify(await prepareRules()));
