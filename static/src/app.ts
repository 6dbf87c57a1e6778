/** Loaded on every page: theme switch, menus, small drawings, and htmx where a page asks for it. */

import { startFilters } from "./elements/live_filters";
import { closeMenus } from "./elements/menus";
import { MiniWave } from "./elements/mini_wave";
import { SparkLine } from "./elements/spark_line";
import { prepareFor } from "./offline/registration";
import { ThemeSwitch } from "./theme/switch";
import { rememberTimeZone } from "./time_zone";

customElements.define("theme-switch", ThemeSwitch);
customElements.define("mini-wave", MiniWave);
customElements.define("spark-line", SparkLine);
closeMenus();
rememberTimeZone();
// On a phone the row of tabs scrolls: the one that is open is in sight.
document
  .querySelector('.tabs [aria-current="page"]')
  ?.scrollIntoView({ block: "nearest", inline: "center" });

const person = document.body.dataset.person ?? "";
void prepareFor(person);
const later: Promise<unknown>[] = [startFilters()];
if (person) {
  later.push(
    import("./practice/outbox_note").then(({ OutboxNote }) =>
      customElements.define("outbox-note", OutboxNote),
    ),
  );
}
if (document.querySelector("turn-moments")) {
  later.push(
    import("./conversation/turn_moments").then(({ TurnMoments }) =>
      customElements.define("turn-moments", TurnMoments),
    ),
  );
}
if (document.querySelector("passkey-form")) {
  later.push(
    import("./passkeys/passkey_form").then(({ PasskeyForm }) =>
      customElements.define("passkey-form", PasskeyForm),
    ),
  );
}
// Whoever presses keys by a program sees by this that the page listens.
void Promise.all(later).then(() => {
  document.documentElement.dataset.ready = "";
});
