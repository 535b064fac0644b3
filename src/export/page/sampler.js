import { button, card, choice, element, slider } from './dom.js';
import { drawImages, drawPoints } from './draw.js';
import { between } from './latent.js';
import { Bank, batchOf } from './model.js';
import { wordsField } from './words.js';

/** @typedef {import('./model.js').Feeds} Feeds */
/** @typedef {Record<string, ArrayLike<number>>} Row */

const { inputs, directions, classes, captions, output, kind, spherical } = weirModel;
const images = kind === 'images';

/**
 * The page of a generator: one sample with sliders, a grid, and a walk through the latent space.
 * @param {(inputs: Feeds) => Promise<Record<string, OrtTensor>>} run
 * @param {Bank} bank
 * @returns {readonly HTMLElement[]}
 */
export function samplerPage(run, bank) {
  /** The rows of the bank that the sample begins from, and the grid. */
  const at = { sample: 0, grid: 0 };
  const amounts = directions.map(() => 0);
  /** @type {Row} What all samples are asked to be of. */
  const asked = {};
  const mixed = { first: 0, second: 1, share: 0 };
  /** The walk: where it is between two rows of the bank, while it plays. */
  let walk = 0;
  let playing = false;
  /** @type {ArrayLike<number>} */
  let cloud = [];

  const shown = element('canvas', { className: images ? '' : 'smooth' });
  const grid = element('canvas', {});
  const source = element('canvas', {});
  const sourceInput = inputs.find(({ name, shape }) => name === 'source' && shape.length === 3);

  /** @param {number} number @returns {Row} */
  const fromBank = (number) =>
    Object.fromEntries(inputs.map((input) => [input.name, bank.row(input, number)]));
  /** @returns {Row} The sample as the sliders, and the walk, have it. */
  function row() {
    const from = fromBank(at.sample);
    const to = fromBank(at.sample + 1);
    let offset = 0;
    /** @type {Row} */
    const moved = {};
    for (const { name, noise } of inputs) {
      const base = /** @type {ArrayLike<number>} */ (from[name]);
      if (!noise) {
        moved[name] = base;
        continue;
      }
      const begin = offset;
      const way = between(base, /** @type {ArrayLike<number>} */ (to[name]), walk, spherical);
      moved[name] = way.map((x, i) =>
        directions.reduce((sum, { numbers }, k) => sum + (amounts[k] ?? 0) * (numbers[begin + i] ?? 0), x),
      );
      offset += base.length;
    }
    return { ...moved, ...asked };
  }

  let busy = false;
  let stale = false;
  /** Draws the sample; while it is computed, only the last change is kept. */
  async function draw() {
    if (busy) {
      stale = true;
      return;
    }
    busy = true;
    const now = row();
    const outputs = await run(batchOf([now]));
    const { data } = /** @type {OrtTensor} */ (outputs[output.name]);
    if (images) drawImages(shown, data, output.shape, 1, 1);
    else drawPoints(shown, cloud, data, reach());
    if (sourceInput) drawImages(source, now.source ?? [], sourceInput.shape, 1, 1);
    shown.dataset.drawn = String(Number(shown.dataset.drawn ?? 0) + 1);
    busy = false;
    if (stale) {
      stale = false;
      await draw();
    }
  }

  const columns = 4;
  async function drawGrid() {
    const count = images ? columns * columns : 512;
    const rows = Array.from({ length: count }, (_, i) => ({ ...fromBank(at.grid + i), ...asked }));
    const outputs = await run(batchOf(rows));
    const { data } = /** @type {OrtTensor} */ (outputs[output.name]);
    if (images) drawImages(grid, data, output.shape, count, columns);
    else cloud = data;
    grid.dataset.drawn = String(Number(grid.dataset.drawn ?? 0) + 1);
  }

  const reach = () => Array.from(cloud).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  const all = () => drawGrid().then(draw);

  const sliders = directions.map(({ name }, k) =>
    slider({ name, min: -3, max: 3 }, (value) => {
      amounts[k] = value;
      draw();
    }),
  );
  const still = () => {
    sliders.forEach((one, k) => {
      amounts[k] = 0;
      one.set(0);
    });
    walk = 0;
  };
  const play = button('Play', () => {
    playing = !playing;
    play.textContent = playing ? 'Pause' : 'Play';
    if (playing) requestAnimationFrame(step);
  });
  async function step() {
    if (!playing) return;
    walk += 1 / 48;
    if (walk >= 1) {
      walk = 0;
      at.sample += 1;
    }
    await draw();
    requestAnimationFrame(step);
  }

  grid.addEventListener('click', (event) => {
    const { left, top, width, height } = grid.getBoundingClientRect();
    const cell = (/** @type {number} */ share) => Math.min(columns - 1, Math.floor(share * columns));
    at.sample =
      at.grid + cell((event.clientY - top) / height) * columns + cell((event.clientX - left) / width);
    still();
    draw();
  });

  const condition = inputs.find(({ name }) => name === 'condition');
  /** @type {HTMLElement[]} */
  const asking = [];
  if (condition && classes && condition.shape[0] === classes.length) {
    const ask = () => {
      asked.condition = Float32Array.from(
        classes,
        (_, i) => (i === mixed.first ? 1 - mixed.share : 0) + (i === mixed.second ? mixed.share : 0),
      );
      all();
    };
    asking.push(
      choice('class', ['all in turn', ...classes], (chosen) => {
        if (chosen > 0) {
          mixed.first = chosen - 1;
          ask();
        } else {
          delete asked.condition;
          all();
        }
      }),
      choice(
        'mixed with',
        classes,
        (chosen) => {
          mixed.second = chosen;
          ask();
        },
        1,
      ),
      slider({ name: 'share of the second', min: 0, max: 1 }, (value) => {
        mixed.share = value;
        ask();
      }).label,
    );
  }
  const tokens = inputs.find(({ name }) => name === 'tokens');
  if (tokens) {
    asking.push(
      wordsField(captions ?? [], tokens.shape[0] ?? 0, (found) => {
        if (found === undefined) delete asked.tokens;
        else asked.tokens = found;
        all();
      }),
    );
  }

  const next = button('New sample', () => {
    at.sample = Math.floor(Math.random() * weirModel.rows);
    still();
    draw();
  });
  const zero = button('Sliders to 0', () => {
    still();
    draw();
  });
  const pictures = sourceInput ? element('div', { className: 'pair' }, source, shown) : shown;
  const main = card('One sample', pictures, element('div', { className: 'buttons' }, next, play, zero));
  const cards = [main];
  if (sliders.length > 0)
    cards.push(
      card(
        'Directions of the latent space',
        element('p', { className: 'quiet' }, 'Those that change samples most come first.'),
        ...sliders.map(({ label }) => label),
      ),
    );
  if (images)
    cards.push(
      card(
        'Samples',
        grid,
        element('p', { className: 'quiet' }, 'Choose one to see it above.'),
        element(
          'div',
          { className: 'buttons' },
          button('New samples', () => {
            at.grid = Math.floor(Math.random() * weirModel.rows);
            drawGrid();
          }),
        ),
      ),
    );
  if (asking.length > 0) cards.push(card('What it shows', ...asking));
  all();
  return cards;
}
