/** Filters that need no button: htmx listens to them, and what was chosen before it came counts too. */

/** htmx starts by itself, but not between the end of the document and the end of its loading. */
function loaded(): Promise<void> {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    window.addEventListener("load", () => resolve(), { once: true });
  });
}

function wishOf(form: HTMLFormElement): string {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(fields).toString();
}

function wasChanged(form: HTMLFormElement): boolean {
  const untouched = form.cloneNode(true) as HTMLFormElement;
  untouched.reset();
  return wishOf(form) !== wishOf(untouched);
}

/** A page that was left or loaded anew gets its fields back from the browser: nobody chose them there. */
function isFirstVisit(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return visit instanceof PerformanceNavigationTiming && visit.type === "navigate";
}

export async function startFilters(): Promise<void> {
  if (!document.querySelector("[hx-get], [hx-post], [hx-boost]")) return;
  await loaded();
  await import("htmx.org");
  if (!isFirstVisit()) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[hx-get]")) {
    if (wasChanged(form)) form.requestSubmit();
  }
}
