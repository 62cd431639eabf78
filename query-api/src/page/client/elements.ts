type Attributes = Readonly<Record<string, string | number | boolean>>;
type Children = readonly (Node | string)[];

const dress = <Made extends Element>(
  made: Made,
  attributes: Attributes,
  children: Children,
): Made => {
  for (const [name, value] of Object.entries(attributes))
    if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, String(value));
  made.append(...children); // a string becomes a text node, whatever it says
  return made;
};

/** An HTML element. A string among the children stays text. */
export const el = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children
): HTMLElementTagNameMap[Tag] => dress(document.createElement(tag), attributes, children);

/** An SVG element, in the same way. */
export const svg = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children
): SVGElementTagNameMap[Tag] =>
  dress(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);

export const button = (
  label: string,
  onClick: () => void,
  attributes: Attributes = {},
): HTMLButtonElement => {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
};

/** A part that index.html brings. */
export const part = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
};

/** Puts children where they belong and leaves the others alone: one that is taken out would lose the focus. */
export const arrange = (place: HTMLElement, wanted: readonly HTMLElement[]): void => {
  wanted.forEach((child, index) => {
    const there = place.children[index];
    if (there !== child) place.insertBefore(child, there ?? null);
  });
  for (const child of [...place.children].slice(wanted.length)) child.remove();
};

/** Runs `work` once before the next picture, however often it is asked to. */
export const oncePerFrame = (work: () => void): (() => void) => {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
};
