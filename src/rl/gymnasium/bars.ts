import { line, paints, rectangle, type Scene } from '../environments/scene.ts';

/** Numbers of an observation that are drawn at most. */
const most = 64;

/** Numbers as bars from a line in the middle, up or down; tanh of a number is its height. */
export function bars(numbers: readonly number[]): Scene {
  const shown = numbers.slice(0, most);
  const [width, height] = [Math.max(4, shown.length), 4];
  const wide = width / shown.length;
  const bar = (number: number, i: number) => {
    const tall = Math.tanh(number) * (height / 2);
    const paint = number < 0 ? paints.danger : paints.body;
    const from = height / 2 + Math.min(0, tall);
    return rectangle([(i + 0.1) * wide, from], 0.8 * wide, Math.max(0.02, Math.abs(tall)), paint);
  };
  return {
    width,
    height,
    shapes: [
      rectangle([0, 0], width, height, paints.pale),
      ...shown.map(bar),
      line([0, height / 2], [width, height / 2], 0.03, paints.ink),
    ],
  };
}
