// Runs the jobs of templates/kr-hygiene.yml for real: gitlab-ci-local on this machine, against the sandbox, with the
// package served on loopback as the project's registry would.
//
//   node .ci/component.js <folder with the tarball of .ci/pack> [<folder with a node>…]
//
// A folder with another node: `npm i node@24` somewhere, then its node_modules/.bin. Needs Debian's rsync.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [release, ...nodes] = process.argv.slice(2);
if (release === undefined) throw new Error('Name the folder with the tarball: `.ci/pack release` makes it.');
const root = path.resolve(import.meta.dirname ?? '.ci', '..');
const tool = path.join(root, 'node_modules/gitlab-ci-local/src/index.js');
const tarball = readdirSync(release).find((name) => name.endsWith('.tgz')) ?? '';
const version = /kr-hygiene-(.*)\.tgz/.exec(tarball)?.[1] ?? '';

const registry = createServer((request, response) => {
  const file = path.basename(request.url ?? '');
  if (![tarball, `${tarball}.sha256`].includes(file)) response.writeHead(404).end();
  else response.end(readFileSync(path.join(release, file)));
});
await new Promise((resolve) => registry.listen(0, '127.0.0.1', resolve));

const sandbox = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'sandbox', '--port', '0']);
const gitlab = await new Promise((resolve) => {
  let said = '';
  sandbox.stdout.on('data', (chunk) => {
    said += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (url !== undefined) resolve(url);
  });
});

let failed = false;
for (const bin of nodes.length === 0 ? [path.dirname(process.execPath)] : nodes) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kr-hygiene-component-'));
  const node = path.join(path.resolve(bin), 'node');
  process.stdout.write(`\n== Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}\n`);
  prepare(folder);
  const at = { folder, bin: path.resolve(bin) };
  for (const source of ['schedule', 'merge_request_event']) {
    const code = await play(at, source);
    process.stdout.write(`== ${source}: exit code ${code}\n`);
    failed ||= code !== 0;
  }
  rmSync(folder, { recursive: true, force: true });
}
sandbox.kill();
registry.close();
process.exitCode = failed ? 1 : 0;

/** A repository with rules of its own that includes the component, and a change of a rule on a branch. */
function prepare(folder) {
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
  mkdirSync(path.join(folder, 'rules'));
  mkdirSync(path.join(folder, 'templates'));
  cpSync(path.join(root, 'templates/kr-hygiene.yml'), path.join(folder, 'templates/kr-hygiene.yml'));
  writeFileSync(
    path.join(folder, 'rules/policy.yml'),
    'extends: handbook\nsources: [{ group: example-sec }]\n',
  );
  const inputs = `{ version: "${version}", project: tools/kr-hygiene, apply: true, pages: true }`;
  writeFileSync(
    path.join(folder, '.gitlab-ci.yml'),
    `include:\n  - local: templates/kr-hygiene.yml\n    inputs: ${inputs}\n`,
  );
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', 'https://gitlab.example.com/team/okrs.git');
  git('add', '-A');
  git('commit', '-qm', 'rules');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  writeFileSync(path.join(folder, 'rules/kr.yml'), 'rules:\n  require-okr-link: off\n');
  git('add', '-A');
  git('commit', '-qm', 'a rule is off');
}

function play({ folder, bin }, source) {
  const before = execFileSync('git', ['rev-parse', 'HEAD~1'], { cwd: folder, encoding: 'utf8' }).trim();
  const prefix = path.join(folder, '.installed');
  const variables = {
    CI_PIPELINE_SOURCE: source,
    CI_SERVER_URL: gitlab,
    CI_API_V4_URL: `http://127.0.0.1:${registry.address().port}/api/v4`,
    CI_JOB_TOKEN: 'job-token',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: before,
    KR_HYGIENE_TOKEN: 'demo-api-token',
    NPM_CONFIG_PREFIX: prefix,
  };
  const args = [tool, '--home', folder, '--force-shell-executor'];
  for (const [name, value] of Object.entries(variables)) args.push('--variable', `${name}=${value}`);
  const env = { HOME: folder, PATH: `${bin}:${prefix}/bin:${process.env.PATH}` };
  rmSync(prefix, { recursive: true, force: true });
  return new Promise((resolve) => {
    spawn(process.execPath, args, { cwd: folder, env, stdio: 'inherit' }).on('close', resolve);
  });
}
