/** One recording on its way to the server: a multipart post that can be repeated byte for byte. */
import { retryAfter, worthRetrying } from "./retry";

export interface FieldError {
  code: string;
  detail: string;
  attr: string | null;
}

export type Outcome =
  | { kind: "stored"; url: string }
  | { kind: "refused"; status: number; detail: string; errors: FieldError[] }
  | { kind: "signed-out" }
  | { kind: "unreachable"; retryAfter: number }
  | { kind: "cancelled" };

export interface Submission {
  url: string;
  csrfToken: string;
  /** Makes a retry the same request: the server answers it as it answered the first. */
  key: string;
  fields: [name: string, value: string][];
  file: { field: string; name: string; body: Blob };
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Quotes a name for a part's header as browsers do. */
function quoted(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "%0D%0A").replace(/"/g, "%22");
}

/**
 * The form as one body. Browsers draw a new boundary for every request, which would make each retry another body under
 * the same Idempotency-Key; here the key is the boundary.
 */
export function multipart(submission: Pick<Submission, "key" | "fields" | "file">): Blob {
  const boundary = `--${submission.key}`;
  const parts: BlobPart[] = [];
  for (const [name, value] of submission.fields) {
    parts.push(
      `${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
    );
  }
  const { field, name, body } = submission.file;
  const type = body.type || "application/octet-stream";
  parts.push(
    `${boundary}\r\nContent-Disposition: form-data; name="${quoted(field)}"; filename="${quoted(name)}"\r\n`,
    `Content-Type: ${type}\r\n\r\n`,
    body,
    `\r\n${boundary}--\r\n`,
  );
  return new Blob(parts, { type: `multipart/form-data; boundary=${submission.key}` });
}

/** What an answer means; a sign-in page in place of JSON means that the session has ended. */
export function outcomeOf(status: number, body: string, retryHeader: string | null): Outcome {
  if (worthRetrying(status, retryHeader !== null))
    return { kind: "unreachable", retryAfter: retryAfter(retryHeader) };
  let answer: { url?: unknown; detail?: unknown; errors?: unknown };
  try {
    answer = JSON.parse(body);
  } catch {
    return status === 413
      ? { kind: "refused", status, detail: "", errors: [] }
      : { kind: "signed-out" };
  }
  if (status >= 200 && status < 300 && typeof answer.url === "string") {
    return { kind: "stored", url: answer.url };
  }
  if (status === 401) return { kind: "signed-out" };
  const errors = Array.isArray(answer.errors) ? (answer.errors as FieldError[]) : [];
  return { kind: "refused", status, detail: String(answer.detail ?? ""), errors };
}

/** Sends once. XMLHttpRequest, as fetch cannot tell how much of a body has left. */
export function send(submission: Submission): Promise<Outcome> {
  return new Promise((resolve) => {
    if (submission.signal.aborted) return resolve({ kind: "cancelled" });
    const request = new XMLHttpRequest();
    const body = multipart(submission);
    request.open("POST", submission.url);
    request.setRequestHeader("Content-Type", body.type);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", submission.csrfToken);
    request.setRequestHeader("Idempotency-Key", submission.key);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) submission.onProgress(event.loaded / event.total);
    };
    const answer = (outcome: Outcome): void => {
      submission.signal.removeEventListener("abort", cancel);
      resolve(outcome);
    };
    const cancel = (): void => request.abort();
    submission.signal.addEventListener("abort", cancel);
    request.onabort = () => answer({ kind: "cancelled" });
    request.onerror = () => answer({ kind: "unreachable", retryAfter: 0 });
    request.onload = () =>
      answer(
        outcomeOf(request.status, request.responseText, request.getResponseHeader("Retry-After")),
      );
    request.send(body);
  });
}
