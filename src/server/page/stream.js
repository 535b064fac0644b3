import { h, say } from './dom.js';
import { perSecond, share, words } from './format.js';

/** @typedef {import('./api.js').Stage} Stage */

/** The places through which an item goes; stages of one place stand above each other. */
const places = /** @type {const} */ ([
  ['source', 'pulls one item at a time'],
  ['schedule', 'names the player of each step'],
  ['learn', 'learns from it'],
  ['barrier', 'holds the stream meanwhile'],
  ['side', 'watches'],
]);

/**
 * The stream as it flows: a column for each place, a box for each stage, with its rate and how busy
 * it is.
 */
export class Stream {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {Map<string, HTMLElement>} */
    this.boxes = new Map();
    this.shape = '';
  }

  /**
   * @param {readonly Stage[]} stages
   * @param {import('./api.js').State} state
   */
  draw(stages, state) {
    this.element.dataset.state = state;
    const shape = stages.map(({ kind, name }) => `${kind} ${name}`).join();
    if (shape !== this.shape) this.build(stages);
    this.shape = shape;
    for (const stage of stages) this.fill(stage);
  }

  /** @param {readonly Stage[]} stages */
  build(stages) {
    this.boxes.clear();
    const columns = places.flatMap(([kind, role]) => {
      const here = stages.filter((stage) => stage.kind === kind);
      if (here.length === 0) return [];
      const boxes = here.map((stage) => this.box(stage));
      return [
        h('div', { class: `place ${kind}` }, h('small', {}, role), h('div', { class: 'boxes' }, ...boxes)),
      ];
    });
    this.element.replaceChildren(...columns);
  }

  /** @param {Stage} stage */
  box({ name }) {
    const box = h(
      'div',
      { class: 'box' },
      h('b', {}, words(name)),
      h('span', { class: 'rate' }),
      h('meter', { min: 0, max: 1 }),
      h('em'),
    );
    this.boxes.set(name, box);
    return box;
  }

  /** @param {Stage} stage */
  fill({ name, rate, busy }) {
    const box = this.boxes.get(name);
    const meter = box?.querySelector('meter');
    const [, said, , share_] = /** @type {HTMLElement[]} */ ([...(box?.children ?? [])]);
    if (!box || !meter || !said || !share_) return;
    say(said, perSecond(rate));
    meter.hidden = share_.hidden = busy === null;
    meter.value = busy ?? 0;
    say(share_, `${share(busy)} busy`);
    box.classList.toggle('hot', busy !== null && busy > 0.9);
  }
}

/**
 * The stages as a table.
 * @param {HTMLElement} element
 * @param {readonly Stage[]} stages
 */
export function drawStages(element, stages) {
  const rows = stages.map(({ name, kind, items, rate, busy }) => [
    words(name),
    kind,
    items.toLocaleString('en'),
    perSecond(rate),
    share(busy),
  ]);
  const head = ['Stage', 'Kind', 'Items', 'Rate', 'Busy'];
  let body = element.querySelector('tbody');
  if (!body) {
    body = h('tbody');
    const titles = head.map((title) => h('th', { scope: 'col' }, title));
    element.replaceChildren(h('table', { class: 'stages' }, h('thead', {}, h('tr', {}, ...titles)), body));
  }
  while (body.children.length > rows.length) body.lastElementChild?.remove();
  for (const [i, row] of rows.entries()) {
    const line = body.children[i] ?? body.appendChild(h('tr', {}, ...row.map(() => h('td'))));
    for (const [j, text] of row.entries()) {
      const cell = line.children[j];
      if (cell) say(cell, text);
    }
  }
}
