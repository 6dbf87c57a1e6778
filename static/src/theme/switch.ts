import { chooseTheme, storedTheme, type Theme } from "./choice";

/** `<theme-switch>` around three radio buttons. */
export class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.show();
    this.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) chooseTheme(event.target.value as Theme);
    });
    document.addEventListener("themechange", this.show);
  }

  disconnectedCallback(): void {
    document.removeEventListener("themechange", this.show);
  }

  private readonly show = (): void => {
    const theme = storedTheme();
    for (const radio of this.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
      radio.checked = radio.value === theme;
    }
  };
}
