/**
 * An element with properties and children.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @param {string} title @param {...(Node | string)} children */
export function card(title, ...children) {
  return element('section', {}, element('h2', {}, title), ...children);
}

/** @param {string} text @param {() => void} onclick */
export function button(text, onclick) {
  return element('button', { type: 'button', onclick }, text);
}

/**
 * A slider with its name and number.
 * @param {{ name: string, min: number, max: number, step?: number, value?: number }} options
 * @param {(value: number) => void} changed
 */
export function slider({ name, min, max, step = 0.01, value = 0 }, changed) {
  const input = element('input', { type: 'range' });
  Object.assign(input, { min: String(min), max: String(max), step: String(step), value: String(value) });
  const shown = element('output', {}, text());
  input.addEventListener('input', () => {
    shown.textContent = text();
    changed(Number(input.value));
  });
  function text() {
    return Number(input.value).toFixed(step < 1 ? 2 : 0);
  }
  return {
    label: element('label', { className: 'slider' }, element('span', {}, name), input, shown),
    /** @param {number} number */
    set(number) {
      input.value = String(number);
      shown.textContent = text();
    },
  };
}

/**
 * @param {string} name @param {readonly string[]} choices
 * @param {(chosen: number) => void} changed
 */
export function choice(name, choices, changed, chosen = 0) {
  const select = element('select', {}, ...choices.map((text) => element('option', {}, text)));
  select.selectedIndex = chosen;
  select.addEventListener('change', () => changed(select.selectedIndex));
  return element('label', { className: 'field' }, element('span', { className: 'quiet' }, name), select);
}
