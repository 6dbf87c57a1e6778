/**
 * `<report-tabs>`: links to `?tab=name`, each a page of its own without this script. With it they switch in place,
 * arrows move between them, and the browser's back button goes back.
 */
export class ReportTabs extends HTMLElement {
  private readonly lifetime = new AbortController();
  private links: HTMLAnchorElement[] = [];
  private panels: HTMLElement[] = [];
  private first = "";

  connectedCallback(): void {
    const list = this.querySelector("nav");
    if (!list) return;
    this.links = [...list.querySelectorAll<HTMLAnchorElement>("a[data-tab]")];
    this.panels = [...this.querySelectorAll<HTMLElement>("[data-panel]")];
    this.first = this.links[0]?.dataset.tab ?? "";
    this.becomeTabs(list);
    const { signal } = this.lifetime;
    this.addEventListener("click", (event) => this.press(event), { signal });
    list.addEventListener("keydown", (event) => this.move(event), { signal });
    addEventListener("popstate", () => this.show(this.asked()), { signal });
    this.show(this.asked());
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private becomeTabs(list: HTMLElement): void {
    list.setAttribute("role", "tablist");
    for (const link of this.links) {
      link.setAttribute("role", "tab");
      link.setAttribute("aria-controls", `panel-${link.dataset.tab}`);
      link.removeAttribute("aria-current");
    }
    for (const panel of this.panels) panel.setAttribute("role", "tabpanel");
  }

  private asked(): string {
    const name = new URLSearchParams(location.search).get("tab") ?? "";
    return this.panels.some((panel) => panel.dataset.panel === name) ? name : this.first;
  }

  private press(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link =
      event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[data-tab]");
    if (!link) return;
    event.preventDefault();
    const name = link.dataset.tab ?? "";
    this.open(name);
    if (!this.links.includes(link)) this.linkOf(name)?.focus();
  }

  private open(name: string): void {
    if (name === this.asked()) return;
    history.pushState(null, "", `?tab=${name}`);
    this.show(name);
  }

  private show(name: string): void {
    for (const panel of this.panels) panel.hidden = panel.dataset.panel !== name;
    for (const link of this.links) {
      const chosen = link.dataset.tab === name;
      link.setAttribute("aria-selected", String(chosen));
      link.tabIndex = chosen ? 0 : -1;
    }
    this.linkOf(name)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private move(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.links.indexOf(event.target as HTMLAnchorElement);
    if (at < 0) return;
    const last = this.links.length - 1;
    const next: Record<string, number> = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
      " ": at,
    };
    const link = this.links[next[event.key] ?? -1];
    if (!link) return;
    event.preventDefault();
    this.open(link.dataset.tab ?? "");
    link.focus();
  }

  private linkOf(name: string): HTMLAnchorElement | undefined {
    return this.links.find((link) => link.dataset.tab === name);
  }
}
