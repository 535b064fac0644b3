/**
 * Eight colours that are told apart on light and on dark, and by most of those who see fewer
 * colours.
 */
const palette = ['#0c8599', '#e8590c', '#7048e8', '#2f9e44', '#d6336c', '#1971c2', '#b08900', '#868e96'];

/** @type {Record<string, string>} */
const players = {
  critic: '#0c8599',
  generator: '#e8590c',
  agent: '#1971c2',
  actor: '#7048e8',
  encoder: '#2f9e44',
  classifier: '#d6336c',
  evaluation: '#7048e8',
};

/** The strokes that tell players apart where colours tell runs apart. */
const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3]];

/** @param {number} position */
export const runColour = (position) => /** @type {string} */ (palette[position % palette.length]);

/**
 * @param {string} player
 * @param {number} position among the players
 */
export const playerColour = (player, position) => players[player] ?? runColour(position);

/** @param {number} position */
export const dash = (position) => /** @type {number[]} */ (dashes[position % dashes.length]);

/**
 * A colour of the page's style as a canvas takes it.
 * @param {string} name of a custom property
 */
export function styleColour(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/**
 * A colour that lets shine through what is behind it.
 * @param {string} hex
 * @param {number} opacity
 */
export function translucent(hex, opacity) {
  return `${hex}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, '0')}`;
}
