import type { FieldError } from "./submission";

/** Shows the server's errors beside their fields and returns those that have no field on the page. */
export function showFieldErrors(form: HTMLFormElement, errors: FieldError[]): FieldError[] {
  clearFieldErrors(form);
  const homeless: FieldError[] = [];
  for (const error of errors) {
    const field = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(error.attr ?? "")}"]`);
    const control = field?.querySelector<HTMLElement>("input, select, textarea");
    if (!field || !control) {
      homeless.push(error);
      continue;
    }
    const line = document.createElement("p");
    line.className = "field-error";
    line.dataset.fromServer = "";
    line.id = `${control.id}_refusal`;
    line.textContent = error.detail;
    field.append(line);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-errormessage", line.id);
  }
  form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  return homeless;
}

export function clearFieldErrors(form: HTMLFormElement): void {
  for (const line of form.querySelectorAll("[data-from-server]")) line.remove();
  for (const control of form.querySelectorAll("[aria-errormessage]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-errormessage");
  }
}
