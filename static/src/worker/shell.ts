/** The files that every page is made of, kept by the version that the server names. */
declare const self: ServiceWorkerGlobalScope & {
  /** Written before this script by verbalcoach/installing.py. */
  shell: {
    version: string;
    files: string[];
    /** The page for what does not work without a connection. */
    offline: string;
    /** Whether a file's name changes with its content, so that a kept one is as good as a new one. */
    fixed: boolean;
  };
};

const PREFIX = "shell-";

function current(): string {
  return PREFIX + self.shell.version;
}

export async function keepShell(): Promise<void> {
  const cache = await caches.open(current());
  const fresh = self.shell.files.map((file) => new Request(file, { cache: "no-cache" }));
  await cache.addAll(fresh);
  // As a visitor is shown it: nothing of a person is in it.
  await cache.add(new Request(self.shell.offline, { credentials: "omit", cache: "reload" }));
}

/** All but this version and the last: kept copies of pages may still name that one's files. */
export async function clearOldShells(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(PREFIX) && name !== current());
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

export async function staticFile(request: Request): Promise<Response> {
  const kept = self.shell.fixed ? await caches.match(request) : undefined;
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const older = await caches.match(request);
    if (older) return older;
    throw error;
  }
}

export async function offlinePage(): Promise<Response> {
  return (await caches.match(self.shell.offline)) ?? Response.error();
}
