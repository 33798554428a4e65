import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { builtInRulesDir } from '../config/built-in.ts';
import { pipelineFile, starterPipeline } from './starter-pipeline.ts';

/** A file that `init` writes: its path in the team's repository, and its text. */
export interface StarterFile {
  path: string;
  text: string;
}

/** What `--from` says of where the KRs are. */
export interface StarterSource {
  /** Path of the group, `my-group/security`. */
  group: string;
}

const policy = (source: StarterSource | null): string => `# yaml-language-server: $schema=./schema/policy.json
#
# Which issues are Key Results, and how the bot behaves. Everything that is not said here is as in the preset;
# \`kr-hygiene rules print\` shows the whole.
extends: handbook

# Where to look. A group stands for everything below it.
sources:${source === null ? '' : `\n  - group: ${source.group}`}
  # - project: my-group/okrs
  # - group: my-group/security

# Which issues there are Key Results: all conditions together.
select:
  labels: [KR]
  state: opened

calendar:
  year-starts-in: february   # FY27 lasts from 1 February 2026 …
  named-after: end           # … to 31 January 2027
`;

const kr = `# yaml-language-server: $schema=./schema/kr.json
#
# The rules for Key Results, where they differ from the preset; \`kr-hygiene rules list\` shows all of them.

# The text people copy into a new issue; names of sections and fields are read from it.
template: templates/kr.md

rules:
  # require-objective: off
  # match-issue-due-date:
  #   severity: warning
  #   options: { days-later: 7 }
  #   grace: { new-issues: 7 }

# Rules of your own, in CEL; see docs/rule-files.md of kr-hygiene.
# custom:
#   objective-is-explained:
#     severity: warning
#     description: The objective is explained in a sentence or two.
#     assert: kr.objective.text.size() > 40
#     message: The objective has only {{ kr.objective.text.size() }} characters.

# Texts with the findings they should have; \`kr-hygiene rules test\` runs them.
examples:
  - name: an untouched objective is noticed
    markdown: |
      ## Objective:
      \`what is the desired outcome of this KR? How will you measure success?\`
    rules: [require-objective]
    findings: [require-objective]
`;

const builtInRules = pathToFileURL(`${builtInRulesDir}/`);

/** What a team starts with: a short policy on top of the preset, the KR template, the schemas for its editor. */
export async function starterFiles(source: StarterSource | null): Promise<StarterFile[]> {
  const schemas = await readdir(new URL('schema/', builtInRules));
  const copied = ['templates/kr.md', ...schemas.toSorted().map((name) => `schema/${name}`)];
  return [
    { path: pipelineFile, text: starterPipeline },
    { path: 'rules/policy.yml', text: policy(source) },
    { path: 'rules/kr.yml', text: kr },
    ...(await Promise.all(
      copied.map(async (name) => ({
        path: `rules/${name}`,
        text: await readFile(new URL(name, builtInRules), 'utf8'),
      })),
    )),
  ];
}
