/** What pages tell the service worker. */
export interface Word {
  /** Who is signed in, or nobody (""). */
  person: string;
}

export function wordFrom(data: unknown): Word | undefined {
  if (typeof data !== "object" || data === null || !("person" in data)) return undefined;
  return typeof data.person === "string" ? { person: data.person } : undefined;
}
