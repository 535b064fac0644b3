import type { Dataset, Mixture } from '../../data/index.ts';
import type { Value } from '../../engine/index.ts';
import { type MixtureQuality, mixtureQuality } from '../../evaluation/index.ts';
import { imageGrid, imageRows, type Raster, scatter, writePng } from '../../plots/index.ts';
import type { ImagesBeside } from '../images-beside.ts';

/** Samples that are drawn at a checkpoint: enough to see something, few enough to cost little. */
export const picturedSamples = { points: 2500, images: 64 } as const;

/** Whether the modes of the data are known, so that samples can be scored against them. */
export function isMixture(dataset: Dataset): dataset is Mixture {
  return 'centres' in dataset;
}

/**
 * Writes samples as a PNG: points as a scatter over the data, images as a grid, each with what
 * belongs to it, as `writePng` writes.
 */
export function writePicture(path: string, samples: Value, dataset: Dataset, beside?: ImagesBeside): void {
  writePng(path, samplePicture(samples, dataset, beside));
}

/**
 * Samples as a picture: points as a scatter over the data, images as a grid, each with what belongs
 * to it.
 */
export function samplePicture(
  samples: Value,
  dataset: Dataset,
  { before = [], after = [] }: Partial<ImagesBeside> = {},
): Raster {
  if (dataset.kind === 'images') {
    const groups = [...before, samples, ...after];
    return groups.length === 1 ? imageGrid(samples) : imageRows(groups);
  }
  const data = dataset.read(Array.from({ length: Math.min(2500, dataset.size) }, (_, i) => i)).examples;
  const circles = isMixture(dataset)
    ? { centres: dataset.centres, radius: 3 * dataset.deviation }
    : undefined;
  return scatter(samples, data, circles);
}

/** The scores of samples that the data allows: modes and quality on a mixture, otherwise none. */
export function score(samples: Value, dataset: Dataset): MixtureQuality | undefined {
  return isMixture(dataset) ? mixtureQuality(samples, dataset) : undefined;
}

/** Scores in words: `25/25 modes, 93 % high quality`. */
export function scoreText({ modes, centres, highQuality }: MixtureQuality): string {
  return `${modes}/${centres} modes, ${Math.floor(highQuality * 100)} % high quality`;
}
