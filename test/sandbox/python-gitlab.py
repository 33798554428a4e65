"""Drives a sandbox with Debian's python3-gitlab: list, page, create, edit, label, fail.

Arguments: the sandbox's address and a token. Prints one line of JSON with what it saw.
"""

import json
import sys

import gitlab

url, token = sys.argv[1:3]
gl = gitlab.Gitlab(url, private_token=token, retry_transient_errors=False)
seen = {}

gl.auth()
seen["user"] = gl.user.username

project = gl.projects.get("top/one")
seen["project"] = project.path_with_namespace

seen["offset"] = len(project.issues.list(state="opened", per_page=10, get_all=True))
keyset = project.issues.list(
    pagination="keyset", order_by="created_at", sort="asc", per_page=10, iterator=True
)
seen["keyset"] = len({issue.id for issue in keyset})
first_page = project.issues.list(per_page=10, iterator=True)
seen["total"] = first_page.total
group = gl.groups.get("top", lazy=True)
seen["group"] = len(group.issues.list(get_all=True, scope="all", state="all"))

issue = project.issues.get(1)
note = issue.notes.create({"body": "Hello from another language, @developer"})
seen["created"] = note.body
note.body = "Edited"
note.save()
seen["edited"] = issue.notes.get(note.id).body
seen["comments"] = [entry.body for entry in issue.notes.list(get_all=True)]

issue.labels = issue.labels + ["review"]
issue.due_date = "2026-12-24"
issue.state_event = "close"
issue.save()
seen["labels"] = project.issues.get(1).labels
seen["due"] = issue.due_date
seen["state"] = issue.state
seen["events"] = [event.action for event in issue.resourcelabelevents.list(get_all=True)]

project.labels.create({"name": "from-python", "color": "#112233"})
seen["label_names"] = sorted(label.name for label in project.labels.list(get_all=True))
seen["members"] = len(project.members_all.list(get_all=True))

discussion = issue.discussions.create({"body": "A thread"})
discussion.notes.create({"body": "A reply"})
seen["thread"] = len(issue.discussions.get(discussion.id).attributes["notes"])

note.delete()
try:
    issue.notes.get(note.id)
except gitlab.exceptions.GitlabGetError as error:
    seen["gone"] = error.response_code
try:
    gitlab.Gitlab(url, private_token="wrong").auth()
except gitlab.exceptions.GitlabAuthenticationError as error:
    seen["wrong_token"] = error.response_code

print(json.dumps(seen))
