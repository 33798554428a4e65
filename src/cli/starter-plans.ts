import path from 'node:path';
import { builtInRulesDir } from '../config/built-in.ts';
import { readNamed } from '../files/read.ts';
import type { StarterFile } from './starter-files.ts';
import { installPackage } from './starter-pipeline.ts';

/** Where the jobs are written. */
export const plansPipelineFile = '.gitlab/plans.gitlab-ci.yml';

const index = `---
title: "Security Planning"
---

## Plans

<!-- plans:start -->

| Plan | Other Resources and Links |
|------|--------------------------|

<!-- plans:end -->
`;

/** The jobs for a folder of plans, to be included: a repository has but one .gitlab-ci.yml. */
const jobs = (
  folder: string,
): string => `# The folder of plans, checked in merge requests that touch it and every night. Include it in .gitlab-ci.yml:
#
#   include:
#     - local: ${plansPipelineFile}
#
# KR_HYGIENE_TOKEN, scope api: for the comment on the merge request, and to ask about epics. A protected variable is not
# there in merge requests from unprotected branches. A token of the group sees its epics, one of the project does not.
# KR_HYGIENE_PACKAGE below, what is installed next to that token: the tarball of a release, or the address of your clone,
# pinned to a commit that you have looked at, as
# git+https://gitlab.example.com/tools/kr-hygiene.git#0123456789abcdef0123456789abcdef01234567.
.plans:
  image: node:22-bookworm
  variables:
    KR_HYGIENE_PACKAGE: ''
  before_script:
${installPackage(plansPipelineFile)}
plans:
  extends: .plans
  variables:
    # The commit to compare with must be in the clone.
    GIT_DEPTH: '0'
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $KR_HYGIENE_TOKEN
      changes: [${JSON.stringify(`${folder}/**/*`)}]
  script:
    - kr-hygiene lint --kind plan --online --comment --format codequality ${folder} > gl-code-quality.json
  artifacts:
    when: always
    access: developer
    reports:
      codequality: gl-code-quality.json

# The same every night: epics close and issues come without a change of the pages.
plans every night:
  extends: .plans
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $KR_HYGIENE_TOKEN
  script:
    - kr-hygiene lint --kind plan --online ${folder}
`;

/**
 * What a folder of plans starts with: an index with the marks of its table, the template, the jobs.
 * @param folder where the pages are to be, from the root of the repository
 */
export async function starterPlans(folder: string): Promise<StarterFile[]> {
  const template = path.join(builtInRulesDir, 'templates/plan.md');
  return [
    { path: `${folder}/_index.md`, text: index },
    { path: `${folder}/_template.md`, text: await readNamed(template) },
    { path: plansPipelineFile, text: jobs(folder) },
  ];
}
