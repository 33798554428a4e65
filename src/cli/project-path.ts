import path from 'node:path';

/**
 * A file as a Code Quality report must name it: relative to the project's root (docs/gitlab.md §16), which is the
 * working directory of a job, without `./` and with `/` between folders. What lies outside keeps its `../`: GitLab
 * shows it at no line, but always knows it again. What is not a file (`<stdin>`, `handbook:kr.yml`) stays as it is.
 */
export function projectPath(file: string, root: string = process.cwd()): string {
  if (file === '<stdin>' || /^[a-z-]{2,}:/.test(file)) return file;
  return path.relative(root, path.resolve(root, file)).split(path.sep).join('/');
}
