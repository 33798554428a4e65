/** An address that may be linked: http(s), without a password, written as a browser writes it; else null. */
export function safeUrl(url: string | null | undefined): string | null {
  if (url == null || url.length > 2_000 || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return null;
  return parsed.href;
}

/** The address of a comment or system note of an issue. */
export function noteUrl(issueUrl: string | null, noteId: number | null): string | null {
  if (issueUrl === null || noteId === null || !Number.isSafeInteger(noteId)) return null;
  return `${issueUrl.replace(/#.*$/s, '')}#note_${noteId}`;
}

/** Where a timeline entry was read: `note 12`, `system note 12`; other events have no address but the issue's. */
export function sourceUrl(issueUrl: string | null, source: string): string | null {
  const note = /^(?:system )?note (\d{1,15})$/.exec(source)?.[1];
  return note === undefined ? issueUrl : noteUrl(issueUrl, Number(note));
}
