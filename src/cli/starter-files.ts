import { readdir, readFile } from 'node:fs/promises';

/** A file that `init` writes: its path in the team's repository, and its text. */
export interface StarterFile {
  path: string;
  text: string;
}

const policy = `# yaml-language-server: $schema=./schema/policy.json
#
# Which issues are Key Results, and how the bot behaves. Everything that is not said here is as in the preset;
# \`kr-hygiene rules print\` shows the whole.
extends: handbook

# Where to look. A group stands for everything below it.
sources:
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

/** The pipeline of a repository that holds a team's rule files. */
export const starterPipeline = `# Runs kr-hygiene every night: Build > Pipeline schedules > New schedule.
# Needs the variable KR_HYGIENE_TOKEN: an access token with scope api and at least the Planner role; masked, protected.
variables:
  # What npx installs, next to a token that may write: fill in the address of your clone, pinned to a commit that you
  # have looked at, as git+https://gitlab.example.com/tools/kr-hygiene.git#0123456789abcdef0123456789abcdef01234567
  KR_HYGIENE_PACKAGE: ''

default:
  before_script:
    - test -n "$KR_HYGIENE_PACKAGE" || { echo "KR_HYGIENE_PACKAGE is empty. Put the address of your clone of kr-hygiene into .gitlab-ci.yml, pinned to a commit."; exit 2; }

kr-hygiene:
  image: node:22-bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  resource_group: kr-hygiene
  interruptible: false
  script:
    - npx --yes "$KR_HYGIENE_PACKAGE" run --apply --output report
  artifacts:
    when: always
    access: developer
    paths: [report/]
    expire_in: 30 days

check rules:
  image: node:22-bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: [rules/**/*]
  script:
    - npx --yes "$KR_HYGIENE_PACKAGE" rules check
    - npx --yes "$KR_HYGIENE_PACKAGE" rules test

# Which KRs a change of the rules would concern. A protected variable is not there in merge requests from unprotected
# branches: give this job a token of its own, with scope read_api only.
preview:
  image: node:22-bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $KR_HYGIENE_TOKEN
      changes: [rules/**/*]
  variables:
    # The commit to compare with must be in the clone.
    GIT_DEPTH: '0'
  script:
    - mkdir -p report
    - npx --yes "$KR_HYGIENE_PACKAGE" diff --against "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --format markdown | tee report/rule-change.md
  artifacts:
    when: always
    access: developer
    paths: [report/]
    expire_in: 7 days
`;

const builtInRules = new URL('../../rules/', import.meta.url);

/** What a team starts with: a short policy on top of the preset, the KR template, the schemas for its editor. */
export async function starterFiles(): Promise<StarterFile[]> {
  const schemas = await readdir(new URL('schema/', builtInRules));
  const copied = ['templates/kr.md', ...schemas.toSorted().map((name) => `schema/${name}`)];
  return [
    { path: '.gitlab-ci.yml', text: starterPipeline },
    { path: 'rules/policy.yml', text: policy },
    { path: 'rules/kr.yml', text: kr },
    ...(await Promise.all(
      copied.map(async (name) => ({
        path: `rules/${name}`,
        text: await readFile(new URL(name, builtInRules), 'utf8'),
      })),
    )),
  ];
}
