/** The sentences an element may say: `<template data-text="key">`, written by the server in the reader's language. */
export class Texts {
  private readonly sentences = new Map<string, string>();

  constructor(element: Element) {
    for (const template of element.querySelectorAll<HTMLTemplateElement>("template[data-text]")) {
      const text = template.content.textContent ?? "";
      this.sentences.set(template.dataset.text ?? "", text.replace(/\s+/g, " ").trim());
    }
  }

  /** The sentence with `{name}` filled in; a missing key shows itself, so that it is seen. */
  say(key: string, values: Record<string, string | number> = {}): string {
    const sentence = this.sentences.get(key) ?? key;
    return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  }
}
