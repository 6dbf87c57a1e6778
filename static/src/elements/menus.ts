/** Lets `<details class="menu">` close as a menu does: on Escape, and on a click or a focus outside it. */
export function closeMenus(): void {
  const closeUnlessInside = (event: Event): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    }
  };
  document.addEventListener("click", closeUnlessInside);
  document.addEventListener("focusin", closeUnlessInside);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
