/**
 * Whether a tag may be released: `node .ci/check-release.js <tag> <path of this project>`. The version in
 * package.json, the version and the project in the component's defaults, and the heading in the CHANGELOG must say
 * the same. `--write <version> <project>` sets them, for the commit that is then tagged.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const component = 'templates/kr-hygiene.yml';
const [first, ...rest] = process.argv.slice(2);
const isWriting = first === '--write';
const [version, project] = isWriting ? rest : [first, ...rest];

if (!/^\d+\.\d+\.\d+$/.test(version ?? '') || !/^[\w.-]+(\/[\w.-]+)+$/.test(project ?? '')) {
  fail('Give a version such as 1.2.3 and the path of the project, such as tools/kr-hygiene.');
}

if (isWriting) {
  edit('package.json', /^( {2}"version": ")[^"]*(")/m, version);
  edit('package-lock.json', /^( {2}"version": ")[^"]*(")/m, version);
  edit('package-lock.json', /^( {6}"version": ")[^"]*(")/m, version);
  edit(component, /^( {4}version:\n {6}default: ")[^"]*(")/m, version);
  edit(component, /^( {4}project:\n {6}default: ")[^"]*(")/m, project);
}

const problems = [
  ['package.json', /^ {2}"version": "([^"]*)"/m, version],
  [component, /^ {4}version:\n {6}default: "([^"]*)"/m, version],
  [component, /^ {4}project:\n {6}default: "([^"]*)"/m, project],
  ['CHANGELOG.md', new RegExp(`^## (${version?.replaceAll('.', '\\.')})\\b`, 'm'), version],
].flatMap(([file, pattern, wanted]) => {
  const found = pattern.exec(readFileSync(file, 'utf8'))?.[1];
  return found === wanted ? [] : [`${file} says ${found === undefined ? 'nothing' : `"${found}"`}, not "${wanted}"`];
});
if (problems.length > 0) {
  fail(
    `${problems.join('\n')}\nRun \`node .ci/check-release.js --write ${version} ${project}\`, write the CHANGELOG, commit, and tag that commit.`,
  );
}

function edit(file, pattern, value) {
  const text = readFileSync(file, 'utf8');
  if (!pattern.test(text)) fail(`${file} has no place for "${value}".`);
  writeFileSync(
    file,
    text.replace(pattern, (_, before, after) => `${before}${value}${after}`),
  );
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
