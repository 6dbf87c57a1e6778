/** The reader's choice of theme: kept in this browser, shown as `data-theme` on the root element. */
export type Theme = "system" | "light" | "dark";

const KEY = "theme";

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system"; // a browser that refuses storage still shows the page
  }
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // the choice then lasts for this page only
  }
  document.dispatchEvent(new CustomEvent("themechange", { detail: theme }));
}
