/**
 * What a request that changes something has to carry. From the cookie: it is right also in a page that was written
 * before the last sign-in; else from the page's own form.
 */
export function csrfToken(): string {
  const cookie = /(?:^|;\s*)csrftoken=([^;]*)/.exec(document.cookie)?.[1];
  const field = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
  return cookie ?? field?.value ?? "";
}
