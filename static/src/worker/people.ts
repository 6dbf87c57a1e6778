/** One cache a person, and never more than one: whoever signs in next finds nothing of the one before. */
const PREFIX = "person-";

export function cacheOf(person: string): Promise<Cache> {
  return caches.open(PREFIX + person);
}

async function cacheNames(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** Whose pages are kept here; "" where nobody's are. */
export async function personHere(): Promise<string> {
  const [name] = await cacheNames();
  return name?.slice(PREFIX.length) ?? "";
}

/** Empties what is kept of everybody except `person`. */
export async function forgetPeople(person = ""): Promise<void> {
  const others = (await cacheNames()).filter((name) => name !== PREFIX + person);
  await Promise.all(others.map((name) => caches.delete(name)));
}
