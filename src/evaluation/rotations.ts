import type { Dataset, ExampleBatch } from '../data/index.ts';
import { sizeOf, Value } from '../engine/index.ts';

/**
 * Every image of a dataset in its four rotations by right angles, labelled by the rotation: what a
 * network can be taught where there are no labels. Gidaris, Singh and Komodakis, Unsupervised
 * Representation Learning by Predicting Image Rotations (arXiv:1803.07728). Example i is image i /
 * 4 turned i modulo 4 times to the left.
 * @throws RangeError for what are no square images
 */
export function rotations(dataset: Dataset): Dataset {
  const { shape, size } = dataset;
  if (dataset.kind !== 'images' || shape[0] !== shape[1])
    throw new RangeError(`rotations: expected square images, got ${dataset.name} of [${shape}]`);
  const name = `rotations of ${dataset.name}`;
  const sources = [0, 1, 2, 3].map((turn) => sourcesOf(shape, turn));
  const each = sizeOf(shape);
  return {
    name,
    kind: 'images',
    size: 4 * size,
    shape,
    classes: ['0', '90', '180', '270'],
    fingerprint: `rotations ${dataset.fingerprint}`,
    read(indices): ExampleBatch {
      const turns = Int32Array.from(indices, (index) => index % 4);
      const { examples } = dataset.read(Array.from(indices, (index) => Math.floor(index / 4)));
      const data = new Float32Array(examples.data.length);
      turns.forEach((turn, i) => {
        for (let at = 0; at < each; at++)
          data[i * each + at] = examples.data[i * each + sources[turn]![at]!]!;
      });
      return {
        examples: new Value('float32', examples.shape, data),
        labels: new Value('int32', [turns.length], turns),
      };
    },
  };
}

/** Where each number of a turned image comes from. */
function sourcesOf([side = 0, , channels = 0]: readonly number[], turn: number): Int32Array {
  const last = side - 1;
  return Int32Array.from({ length: side * side * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const [y, x] = [Math.floor(pixel / side), pixel % side];
    const [fromY, fromX] = [
      [y, x],
      [x, last - y],
      [last - y, last - x],
      [last - x, y],
    ][turn] as [number, number];
    return (fromY * side + fromX) * channels + (at % channels);
  });
}
