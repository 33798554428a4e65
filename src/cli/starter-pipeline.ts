/**
 * Installs what KR_HYGIENE_PACKAGE names. Install scripts of packages would run next to the token, so none does; npm
 * would then not build what comes from Git either, so that is built here, from the versions of its lock file.
 * @param file where KR_HYGIENE_PACKAGE is to be set
 */
export const installPackage = (file: string): string => `    - |
      test -n "$KR_HYGIENE_PACKAGE" || { echo "KR_HYGIENE_PACKAGE is empty: name in ${file} the release to run."; exit 2; }
      # No install script of a package runs next to the token. A clone is built from what its lock file names.
      case "$KR_HYGIENE_PACKAGE" in
        git+*)
          address="\${KR_HYGIENE_PACKAGE#git+}"
          git clone --quiet "\${address%%#*}" /tmp/kr-hygiene
          git -C /tmp/kr-hygiene checkout --quiet --detach "\${address##*#}"
          (cd /tmp/kr-hygiene && npm ci --ignore-scripts --no-audit --no-fund && npm run build)
          ln -sf /tmp/kr-hygiene/dist/cli.js /usr/local/bin/kr-hygiene ;;
        *)
          npm install --global --ignore-scripts --no-audit --no-fund "$KR_HYGIENE_PACKAGE" ;;
      esac
`;

/** Where the pipeline goes, and the line that includes it. */
export const pipelineFile = '.gitlab/ci/kr-hygiene.yml';

/**
 * The pipeline of a repository that holds a team's rule files, as a file to be included: it changes nothing for other
 * jobs. Which package it runs must be filled in, since no name is safe to guess.
 */
export const starterPipeline = `# kr-hygiene: the nightly run, and what merge requests that change the rules would do.
#
# 1. KR_HYGIENE_PACKAGE below: the tarball of a release, or a Git address pinned to a commit that you have looked at.
# 2. Settings > CI/CD > Variables: KR_HYGIENE_TOKEN, an access token with scope api and at least the Planner role;
#    masked and protected.
# 3. Build > Pipeline schedules > New schedule: every night.

.kr-hygiene:
  image: node:22-bookworm
  variables:
    # As https://gitlab.example.com/api/v4/projects/42/packages/generic/kr-hygiene/1.2.3/kr-hygiene-1.2.3.tgz, or
    # git+https://gitlab.example.com/tools/kr-hygiene.git#0123456789abcdef0123456789abcdef01234567
    KR_HYGIENE_PACKAGE: ''
  before_script:
${installPackage(pipelineFile)}
kr-hygiene:
  extends: .kr-hygiene
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  # One run at a time.
  resource_group: kr-hygiene
  interruptible: false
  script:
    # Without --apply it only shows what it would do. That is a good first night.
    - kr-hygiene run --output report --state state/kr-hygiene.bin
  # Exit code 3: something could not be read or written; what was done is still in the report.
  allow_failure:
    exit_codes: [3]
  # What was read, for the next night: sealed with the token, and nothing of confidential KRs in it.
  cache:
    key: kr-hygiene-state
    paths: [state/]
    when: always
  artifacts:
    when: always
    # The report names issues, so it is for those who may see them.
    access: developer
    paths: [report/]
    reports:
      junit: report/junit.xml
    expire_in: 30 days

# The dashboard, on GitLab Pages: set the variable KR_HYGIENE_PAGES to "true". Who may see the site (Settings > General >
# Visibility > Pages) sees the titles of all KRs that are not confidential.
kr-hygiene dashboard:
  extends: .kr-hygiene
  needs: [kr-hygiene]
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $KR_HYGIENE_PAGES == "true"
      when: always
  script:
    - kr-hygiene site report/report.json --output public
  pages: true
  artifacts:
    paths: [public/]

kr-hygiene check rules:
  extends: .kr-hygiene
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: [rules/**/*]
  script:
    - kr-hygiene rules check
    - kr-hygiene rules test

# Which KRs a change of the rules would concern. A protected variable is not there in merge requests from unprotected
# branches: give this job a token of its own, with scope read_api only.
kr-hygiene preview:
  extends: .kr-hygiene
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" && $KR_HYGIENE_TOKEN
      changes: [rules/**/*]
  variables:
    # The commit to compare with must be in the clone.
    GIT_DEPTH: '0'
  script:
    - mkdir -p report
    - kr-hygiene diff --against "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --format markdown > report/rule-change.md
    - cat report/rule-change.md
  artifacts:
    when: always
    access: developer
    paths: [report/]
    expire_in: 7 days
`;

export const includeLines = `include:\n  - local: ${pipelineFile}\n`;
