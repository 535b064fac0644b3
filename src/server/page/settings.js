import { byId, inputById, say } from './dom.js';

const storageKey = 'weir-settings';
const themes = /** @type {const} */ (['system', 'light', 'dark']);
const signs = { system: '◐', light: '☀', dark: '☾' };

/** @typedef {import('./chart.js').Settings & { theme: (typeof themes)[number] }} Settings */

/** @type {Settings} */
const first = { smooth: 0.9, log: false, axis: 'step', outliers: true, theme: 'system' };

/** How things are shown; kept by the browser. @returns {Settings} */
export function storedSettings() {
  try {
    return { ...first, ...JSON.parse(localStorage.getItem(storageKey) ?? '{}') };
  } catch {
    return { ...first };
  }
}

/**
 * Connects the tools of the page with the settings.
 * @param {Settings} settings
 * @param {() => void} changed called after every change
 */
export function bindSettings(settings, changed) {
  const smooth = inputById('smooth');
  const log = inputById('log');
  const outliers = inputById('outliers');
  const show = () => {
    smooth.value = String(settings.smooth);
    say(byId('smooth-value'), settings.smooth.toFixed(2));
    log.checked = settings.log;
    outliers.checked = settings.outliers;
    byId('by-step').setAttribute('aria-pressed', String(settings.axis === 'step'));
    byId('by-time').setAttribute('aria-pressed', String(settings.axis === 'time'));
    document.documentElement.dataset.theme = settings.theme;
    say(byId('theme'), signs[settings.theme]);
    byId('theme').title = `Colours: ${settings.theme}`;
  };
  const change = (/** @type {Partial<Settings>} */ some) => {
    Object.assign(settings, some);
    localStorage.setItem(storageKey, JSON.stringify(settings));
    show();
    changed();
  };
  smooth.addEventListener('input', () => change({ smooth: Number(smooth.value) }));
  log.addEventListener('change', () => change({ log: log.checked }));
  outliers.addEventListener('change', () => change({ outliers: outliers.checked }));
  byId('by-step').addEventListener('click', () => change({ axis: 'step' }));
  byId('by-time').addEventListener('click', () => change({ axis: 'time' }));
  byId('theme').addEventListener('click', () => {
    const next = themes[(themes.indexOf(settings.theme) + 1) % themes.length] ?? 'system';
    change({ theme: next });
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  show();
}
