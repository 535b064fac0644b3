import type { Node } from '../graph.ts';
import { Blocks } from './blocks.ts';
import { elementsOfTile, tilesOver } from './minimal-filter.ts';
import { Tiles } from './tiles.ts';
import { Windows } from './windows.ts';

type Shape = readonly number[];

/** A convolution and its gradients, on pictures that lie HWNC and filters HWIO. */
export interface Convolution {
  convolution(x: Node, filter: Node): Node;
  byPicture(dy: Node, filter: Node): Node;
  byFilter(x: Node, dy: Node): Node;
}

/**
 * How a convolution from `picture` to `result` (meant NHWC) with a filter twice as wide as its
 * stride is best computed, or undefined where ONNX Runtime does as well: with other filters, few
 * samples, and large pictures.
 */
export function blockConvolution(
  picture: Shape,
  filter: Shape,
  result: Shape,
  attributes: Node['attributes'],
): Convolution | undefined {
  const blocks = Blocks.of(picture, filter, result, attributes);
  if (blocks === undefined) return undefined;
  const [rows, columns] = blocks.places;
  const [down, across] = tilesOver(blocks.places);
  const tiles = down * across;
  if (tiles * picture[0]! < fewRows || Math.max(rows, columns) > manyPlaces) return undefined;
  const fewer = tiles * elementsOfTile ** 2 < 4 * rows * columns;
  const pays = fewer && Math.min(blocks.channels, blocks.filters) >= fewChannels;
  return pays ? new Tiles(blocks) : new Windows(blocks);
}

/** With fewer channels, the transformations of tiles take more than their products save. */
const fewChannels = 8;

/** With fewer tiles in all samples, transforming the filter does. */
const fewRows = 32;

/** With more places in a row of the result, their matrices are too large. */
const manyPlaces = 32;
