import type { Dataset } from '../../data/index.ts';
import {
  batchNorm,
  type ConvCriticOptions,
  type ConvGeneratorOptions,
  convCritic,
  convGenerator,
  groupNorm,
  halvingsOf,
  type ImageCriticOptions,
  type ImageGeneratorOptions,
  imageSizeRule,
  instanceNorm,
  isImageSize,
  type Layer,
  layerNorm,
  pixelNorm,
  residualCritic,
  residualGenerator,
} from '../../models/index.ts';
import { choice, listedNumbers, numberList, type ValuesOf, whole } from '../option.ts';

const normalisations = {
  none: undefined,
  batch: () => batchNorm(),
  layer: () => layerNorm(),
  instance: () => instanceNorm(),
  group: () => groupNorm(),
  pixel: () => pixelNorm(),
} as const satisfies Record<string, (() => Layer) | undefined>;
const names = ['auto', ...(Object.keys(normalisations) as (keyof typeof normalisations)[])] as const;

/** What the networks for images consist of; those for points take none of it. */
export const imageNetworkOptions = {
  network: choice(
    'plain strided convolutions, or residual blocks of two convolutions (images)',
    ['plain', 'residual'],
    'plain',
  ),
  widths: numberList('filters behind each halving of the sides, in place of filters and depth (images)', {
    unit: 'filters',
    min: 1,
    max: 4096,
  }),
  'kernel-size': whole('side of the kernels, 0 for 4 with strides, 3 without (images, plain)', 0, {
    unit: 'pixels',
    max: 9,
  }),
  downsampling: choice(
    'what halves sides in the critic: strides, or means of 2x2 pixels (images, plain)',
    ['strided', 'average'],
    'strided',
  ),
  upsampling: choice(
    'what doubles sides: transposed convolutions, or repeated pixels (images, plain)',
    ['transposed', 'nearest'],
    'transposed',
  ),
  'critic-normalisation': choice(
    'normalisation of the critic, auto for that of the recipe (images)',
    names,
    'auto',
  ),
  'generator-normalisation': choice(
    'normalisation of the generator, auto for that of the recipe (images)',
    names,
    'auto',
  ),
} as const;

/** The values of those options, and of the shared ones that networks for images take. */
export type NetworkValues = ValuesOf<typeof imageNetworkOptions> & {
  readonly filters: number;
  readonly depth: number;
};

/** @throws RangeError when the data are no images that the networks take */
export function imageOf(values: NetworkValues, { name, shape }: Dataset) {
  const { filters, depth, widths, network } = values;
  if (network === 'residual') refuseOfPlain(values);
  const [height = 0, width = 0, channels = 0] = shape;
  const own = listedNumbers(widths);
  const multiple = depth > 0 || own !== undefined ? 1 : 4;
  if (!isImageSize(height, width, multiple))
    throw new RangeError(
      `data: expected images with ${imageSizeRule(multiple > 1)}, got ${name} of ${height}x${width}; ` +
        `a size behind the name scales (folder:DIR,${nearest(height)}x${nearest(width)})`,
    );
  if (channels > 4)
    throw new RangeError(`data: expected images of 1 to 4 channels, got ${name} of ${channels}`);
  const [option, levels] = own === undefined ? ['depth', depth] : ['widths', own.length];
  const most = halvingsOf(height, width);
  if (levels > most)
    throw new RangeError(
      `set ${option}: expected at most ${most}${own === undefined ? '' : ' numbers'}, as often as ${height} and ${width} ` +
        `can be halved, got ${values[option as 'depth' | 'widths']}`,
    );
  return {
    size: [height, width] as const,
    channels,
    filters,
    ...(depth > 0 && { depth }),
    ...(own !== undefined && { widths: own, depth: own.length }),
  };
}

const nearest = (side: number) => Math.min(256, Math.max(8, 4 * Math.round(side / 4)));

/** @throws RangeError for an option of networks for images where the data are points */
export function refuseOfImages(values: NetworkValues, { name }: Dataset): void {
  for (const [option, { fallback }] of Object.entries(imageNetworkOptions)) {
    const value = values[option as keyof typeof imageNetworkOptions];
    if (value !== fallback)
      throw new RangeError(`set ${option}: expected ${fallback}, since ${name} are points, got ${value}`);
  }
}

const ofPlain = { 'kernel-size': 0, downsampling: 'strided', upsampling: 'transposed' } as const;

/** @throws RangeError for an option that residual networks do not take */
function refuseOfPlain(values: NetworkValues): void {
  for (const [name, wanted] of Object.entries(ofPlain)) {
    const value = values[name as keyof typeof ofPlain];
    if (value !== wanted)
      throw new RangeError(`set ${name}: expected ${wanted} with network=residual, got ${value}`);
  }
}

/** The critic that the options describe, with what a recipe says of it. */
export function imageCritic(values: NetworkValues, options: ConvCriticOptions): Layer {
  const all = normalised(options, values['critic-normalisation']);
  if (values.network === 'residual') return residualCritic(withoutKernel(all));
  return convCritic({ ...all, ...kernelSizeOf(values), downsampling: values.downsampling });
}

/** The generator that the options describe, with what a recipe says of it. */
export function imageGenerator(values: NetworkValues, options: ConvGeneratorOptions): Layer {
  const all = normalised(options, values['generator-normalisation']);
  if (values.network === 'residual') return residualGenerator(withoutKernel(all));
  return convGenerator({ ...all, ...kernelSizeOf(values), upsampling: values.upsampling });
}

function normalised<O extends object>(options: O, name: (typeof names)[number]): O {
  return name === 'auto' ? options : { ...options, normalisation: normalisations[name] };
}

function kernelSizeOf({ 'kernel-size': kernelSize }: NetworkValues): { readonly kernelSize?: number } {
  return kernelSize === 0 ? {} : { kernelSize };
}

/** DCGAN's first values let the sums of residual blocks vanish, so these begin with their own. */
function withoutKernel<O extends ImageCriticOptions | ImageGeneratorOptions>({ kernel: _, ...options }: O) {
  return options;
}
