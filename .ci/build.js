// Builds dist/: the program in a few files, since Node takes longer to find seven hundred modules than to run them.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { bundle } from './bundle.js';

rmSync('dist', { recursive: true, force: true });
const { metafile } = await bundle({ cli: 'src/cli.ts', 'read-worker': 'src/parse/read-worker.ts' }, 'dist');
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
