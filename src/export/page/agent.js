import { button, card, element, slider } from './dom.js';
import { drawScene } from './draw.js';
import { batchOf } from './model.js';

/** @typedef {import('./model.js').Feeds} Feeds */

/**
 * The page of an agent: an observation with sliders, the output for it, and a greedy
 * episode that plays.
 * @param {(inputs: Feeds) => Promise<Record<string, OrtTensor>>} run
 * @returns {readonly HTMLElement[]}
 */
export function agentPage(run) {
  const { low, high, observations, scenes } = /** @type {NonNullable<PageContent['agent']>} */ (
    weirModel.agent
  );
  const [input] = weirModel.inputs;
  const name = input?.name ?? 'observation';
  const whole = input?.dtype === 'int32';
  let observation = [...(observations[0] ?? low)];
  let frame = 0;
  let playing = false;

  const picture = element('canvas', { className: 'smooth' });
  const bars = element('div', {});
  const sliders = low.map((from, i) =>
    slider(
      {
        name: whole ? 'state' : `number ${i + 1}`,
        min: from,
        max: high[i] ?? 1,
        step: whole ? 1 : 0.01,
        value: observation[i] ?? 0,
      },
      (value) => {
        observation[i] = value;
        show();
      },
    ),
  );

  async function show() {
    const outputs = await run(batchOf([{ [name]: observation }]));
    bars.replaceChildren(...barsOf(outputs));
    bars.dataset.action = String(outputs.action?.data[0]);
    bars.dataset.shown = String(Number(bars.dataset.shown ?? 0) + 1);
  }

  /** @param {number} number */
  async function seek(number) {
    frame = number % Math.max(1, observations.length);
    observation = [...(observations[frame] ?? observation)];
    sliders.forEach((one, i) => {
      one.set(observation[i] ?? 0);
    });
    const scene = scenes[frame];
    if (scene) drawScene(picture, scene);
    picture.dataset.frame = String(frame);
    await show();
  }

  const play = button('Play', () => {
    playing = !playing;
    play.textContent = playing ? 'Pause' : 'Play';
    if (playing) step();
  });
  async function step() {
    if (!playing) return;
    await seek(frame + 1);
    setTimeout(step, 1000 / 30);
  }

  seek(0);
  const buttons = element(
    'div',
    { className: 'buttons' },
    play,
    button('First step', () => seek(0)),
  );
  return [
    card('A greedy episode', ...(scenes.length > 0 ? [picture] : []), buttons),
    card('Observation', ...sliders.map(({ label }) => label)),
    card('Actions', bars),
  ];
}

/** @param {Record<string, OrtTensor>} outputs */
function barsOf({ action, values, logits, mean }) {
  const numbers = Array.from((values ?? logits ?? mean)?.data ?? [], Number);
  const shown = logits ? shares(numbers) : numbers;
  const chosen = mean ? -1 : Number(action?.data[0]);
  const most = Math.max(1e-9, ...shown.map(Math.abs));
  const what = logits ? 'probability' : values ? 'value' : 'action';
  return shown.map((number, i) => {
    const bar = element('i', {});
    bar.style.width = `${(100 * Math.abs(number)) / most}%`;
    return element(
      'div',
      { className: i === chosen ? 'bar best' : 'bar', title: what },
      element('span', {}, mean ? `force ${i + 1}` : `action ${i}`),
      bar,
      element('b', {}, number.toPrecision(3)),
    );
  });
}

/** The softmax of logits. @param {readonly number[]} logits */
function shares(logits) {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
