import { runColour } from './colours.js';
import { h } from './dom.js';
import { whole } from './format.js';

/** @typedef {import('./run.js').Run} Run */

/**
 * The list of runs: one is looked at, others can be laid over it.
 * @param {HTMLElement} element
 * @param {readonly Run[]} all
 * @param {{ main: Run, shown: ReadonlySet<string> }} chosen
 * @param {{ look(run: Run): void, lay(run: Run, over: boolean): void }} listener
 */
export function drawPicker(element, all, { main, shown }, { look, lay }) {
  element.hidden = all.length < 2;
  const items = all.map((run, position) => {
    const { state, done } = run;
    const { name, recipe, data } = run.summary;
    const isMain = run === main;
    const box = h('input', {
      ...{ type: 'checkbox', checked: isMain || shown.has(run.id), disabled: isMain, title: 'Lay over' },
      'aria-label': `Lay ${name} over`,
      onchange: (/** @type {Event} */ event) =>
        lay(run, /** @type {HTMLInputElement} */ (event.target).checked),
    });
    box.style.accentColor = runColour(position);
    const label = h(
      'button',
      { type: 'button', class: 'plain', 'aria-current': String(isMain), onclick: () => look(run) },
      h('b', {}, name),
      h('small', {}, `${recipe} on ${data}`),
      h('small', {}, `${state}, ${whole(done)} steps`),
    );
    const item = h('li', { class: isMain ? 'main' : '' }, box, label);
    item.style.setProperty('--colour', runColour(position));
    return item;
  });
  element.replaceChildren(
    h('h2', {}, 'Runs'),
    h('p', { class: 'hint' }, 'Tick to lay over each other.'),
    h('ul', {}, ...items),
  );
}
