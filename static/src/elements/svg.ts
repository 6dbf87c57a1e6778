const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes; drawings carry no text, so they are hidden from assistive technology. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number>,
  children: SVGElement[] = [],
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** The numbers of a comma-separated attribute; what is not a number is left out. */
export function numbers(list: string | undefined): number[] {
  return (list ?? "")
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number)
    .filter(Number.isFinite);
}
