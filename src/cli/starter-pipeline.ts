/** The `.gitlab-ci.yml` that `init` writes for a repository holding a team's rule files. */
export const starterPipeline = (
  version: string,
): string => `# Runs kr-hygiene every night: Build > Pipeline schedules > New schedule.
# Needs the variable KR_HYGIENE_TOKEN: an access token with scope api and at least the Planner role; masked, protected.
variables:
  # What npx installs. A Git address works too: git+https://…/kr-hygiene.git#v${version}
  KR_HYGIENE_PACKAGE: kr-hygiene@${version}

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
`;
