import { sampleUrl } from './api.js';
import { h, say } from './dom.js';
import { whole, words } from './format.js';

/** @typedef {import('./run.js').Run} Run */

const frameMs = 350;

/** The pictures of the runs that are shown, over time, with one slider for all of them. */
export class Samples {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.kind = 'samples';
    /** @type {number | null} the step that is looked at; null follows the newest */
    this.step = null;
    /** @type {readonly Run[]} */
    this.runs = [];
    /** @type {number[]} */
    this.steps = [];
    /** @type {number | undefined} */
    this.playing = undefined;
    this.title = h('h2');
    this.kinds = h('fieldset', { class: 'tool choice', 'aria-label': 'Kind' });
    this.pictures = h('div', { class: 'pictures' });
    this.slider = h('input', {
      type: 'range',
      min: '0',
      step: '1',
      'aria-label': 'Step of the samples',
      oninput: () => this.slid(),
    });
    this.label = h('output', { class: 'step' });
    this.play = h(
      'button',
      { type: 'button', class: 'round', title: 'Play', onclick: () => this.toggle() },
      '▶',
    );
    this.film = h('div', { class: 'film' }, this.play, this.slider, this.label);
    this.empty = h('p', { class: 'empty' }, 'Pictures appear here with each checkpoint.');
    element.append(h('div', { class: 'bar' }, this.title, this.kinds), this.empty, this.pictures, this.film);
  }

  /** @param {readonly Run[]} runs */
  draw(runs) {
    this.runs = runs;
    const kinds = [...new Set(runs.flatMap((run) => (run.detail?.samples ?? []).map(({ kind }) => kind)))];
    if (!kinds.includes(this.kind)) this.kind = kinds[0] ?? 'samples';
    this.offer(kinds);
    say(this.title, runs.some(({ players }) => 'generator' in players) ? 'Samples' : 'Pictures');
    this.steps = [...new Set(runs.flatMap((run) => this.of(run).map(({ index }) => index)))].sort(
      (a, b) => a - b,
    );
    this.empty.hidden = this.steps.length > 0;
    this.film.hidden = this.steps.length < 2;
    this.slider.max = String(Math.max(0, this.steps.length - 1));
    const at =
      this.step === null ? -1 : this.steps.findLastIndex((step) => step <= /** @type {number} */ (this.step));
    this.slider.value = String(at === -1 ? this.steps.length - 1 : at);
    this.show();
  }

  /** @param {Run} run */
  of(run) {
    return (run.detail?.samples ?? []).filter(({ kind }) => kind === this.kind);
  }

  /** @param {readonly string[]} kinds */
  offer(kinds) {
    this.kinds.hidden = kinds.length < 2;
    const buttons = kinds.map((kind) =>
      h(
        'button',
        { type: 'button', 'aria-pressed': String(kind === this.kind), onclick: () => this.choose(kind) },
        words(kind),
      ),
    );
    this.kinds.replaceChildren(...buttons);
  }

  /** @param {string} kind */
  choose(kind) {
    this.kind = kind;
    this.draw(this.runs);
  }

  slid() {
    const at = Number(this.slider.value);
    this.step = at === this.steps.length - 1 ? null : (this.steps[at] ?? null);
    this.show();
  }

  show() {
    const step = this.steps[Number(this.slider.value)];
    if (step === undefined) return this.pictures.replaceChildren();
    say(this.label, `after step ${whole(step)}`);
    const shown = this.runs.flatMap((run) => {
      const sample = this.of(run).findLast(({ index }) => index <= step) ?? this.of(run)[0];
      return sample ? [{ run, sample }] : [];
    });
    while (this.pictures.children.length > shown.length) this.pictures.lastElementChild?.remove();
    for (const [i, { run, sample }] of shown.entries()) {
      const figure =
        this.pictures.children[i] ?? this.pictures.appendChild(h('figure', {}, picture(), h('figcaption')));
      const [image, caption] = /** @type {[HTMLImageElement, HTMLElement]} */ (
        /** @type {unknown} */ ([...figure.children])
      );
      const url = sampleUrl(run.id, sample);
      if (image.getAttribute('src') !== url) image.src = url;
      image.alt = `${this.kind} of ${run.summary.name} after step ${sample.index}`;
      caption.hidden = this.runs.length < 2;
      say(caption, `${run.summary.name}, step ${whole(sample.index)}`);
    }
  }

  toggle() {
    if (this.playing !== undefined) return this.pause();
    if (this.step === null) this.slider.value = '-1';
    this.playing = setInterval(() => {
      this.slider.value = String(Number(this.slider.value) + 1);
      this.slid();
      if (Number(this.slider.value) >= this.steps.length - 1) this.pause();
    }, frameMs);
    if (Number(this.slider.value) >= this.steps.length - 1) this.slider.value = '0';
    this.slid();
    say(this.play, '❚❚');
  }

  pause() {
    clearInterval(this.playing);
    this.playing = undefined;
    say(this.play, '▶');
  }
}

/** A picture whose pixels are seen as such where they are few. */
function picture() {
  const image = h('img', { class: 'picture', decoding: 'async' });
  image.addEventListener('load', () => image.classList.toggle('pixels', image.naturalWidth < 400));
  return image;
}
