import { command } from './api.js';
import { h, say } from './dom.js';

const storageKey = 'weir-token';

/** The buttons that control the run; they need the token. */
export class Control {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.token = h('input', {
      type: 'password',
      autocomplete: 'off',
      placeholder: 'Token',
      'aria-label': 'Token',
      value: sessionStorage.getItem(storageKey) ?? '',
    });
    this.factor = h('input', {
      type: 'number',
      min: '0',
      step: 'any',
      value: '0.5',
      'aria-label': 'Factor of the learning rates',
    });
    this.answer = h('output', { class: 'answer' });
    this.pause = this.button('Pause', () => ({ action: this.paused ? 'resume' : 'pause' }));
    this.paused = false;
    element.append(
      h('h2', {}, 'Control'),
      h('p', { class: 'hint' }, 'The token is in the file that --control names. It stays in this tab.'),
      this.token,
      h(
        'div',
        { class: 'buttons' },
        this.pause,
        this.button('Checkpoint now', () => ({ action: 'checkpoint' })),
        this.button('Stop', () => ({ action: 'stop' }), 'danger'),
      ),
      h(
        'div',
        { class: 'buttons' },
        h('label', {}, 'Learning rates × ', this.factor),
        this.button('Set', () => ({ action: 'rate', factor: Number(this.factor.value) })),
      ),
      this.answer,
    );
  }

  /**
   * @param {boolean} possible
   * @param {import('./api.js').State} state
   */
  draw(possible, state) {
    this.element.hidden = !possible || !['running', 'paused'].includes(state);
    this.paused = state === 'paused';
    say(this.pause, this.paused ? 'Go on' : 'Pause');
  }

  /**
   * @param {string} text
   * @param {() => { action: string, factor?: number }} wish
   * @param {string} [kind]
   */
  button(text, wish, kind = '') {
    return h('button', { type: 'button', class: kind, onclick: () => this.send(wish()) }, text);
  }

  /** @param {{ action: string, factor?: number }} wish */
  async send(wish) {
    sessionStorage.setItem(storageKey, this.token.value);
    try {
      await command(this.token.value.trim(), wish);
      say(this.answer, `${wish.action}: done`);
    } catch (error) {
      say(this.answer, String(error instanceof Error ? error.message : error));
    }
  }
}
