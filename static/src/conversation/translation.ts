/** A line in the learner's own language: asked for once, then shown and hidden. */
import { csrfToken } from "../connection/csrf";

export async function toggleTranslation(
  tool: HTMLElement,
  text: string,
  from: string,
): Promise<void> {
  const line = tool.closest(".turn")?.querySelector<HTMLElement>("[data-part=translation]");
  if (!line || tool.getAttribute("aria-busy") === "true") return;
  if (!line.textContent) {
    tool.setAttribute("aria-busy", "true");
    await ask(line, text, from, tool.dataset.into ?? "en");
    tool.removeAttribute("aria-busy");
    line.hidden = true;
  }
  line.hidden = !line.hidden;
  tool.setAttribute("aria-expanded", String(!line.hidden));
  // What failed is asked again the next time.
  if (line.hidden && line.dataset.failed !== undefined) line.textContent = "";
}

async function ask(line: HTMLElement, text: string, source: string, target: string): Promise<void> {
  const failed = document.querySelector<HTMLTemplateElement>("[data-text=not-translated]");
  let said = failed?.content.textContent ?? "";
  let language = document.documentElement.lang;
  line.dataset.failed = "";
  try {
    const response = await fetch("/api/v1/conversations/translate/", {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(),
      },
      body: JSON.stringify({ text, source, target }),
    });
    if (response.ok) {
      said = ((await response.json()) as { text: string }).text;
      language = target;
      delete line.dataset.failed;
    }
  } catch {
    // No connection: the same sentence says so.
  }
  line.lang = language;
  line.textContent = said;
}
