import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { systemCode } from '../base/index.ts';
import {
  type ForeignModel,
  ForeignModelError,
  type ModelPort,
  openForeignModel,
  Value,
} from '../engine/index.ts';
import type { Features, Seen } from './features.ts';
import { type Images, imagesOf } from './images.ts';
import { resizeImages } from './resize-images.ts';
import { softmaxRows } from './softmax.ts';

/** Images that go through the network at once, where it does not say. */
const chunk = 50;

/**
 * The features of a network in an ONNX file, such as Inception or CLIP as you have exported it. Its
 * one input takes images in [-1, 1], NCHW or NHWC as its shape says, of one channel or three:
 * whatever normalisation it wants belongs into the export. Images are resized to the sides that it
 * fixes. Its first output of float32 are the features, one row an image; an output whose name has
 * `logits` or `prob` in it are class scores. The hash is the SHA-256 of the file.
 * @throws ForeignModelError for a file that is not there or no such network; EngineUnavailableError
 */
export async function onnxFeatures(path: string): Promise<Features> {
  const bytes = await readFile(path).catch((cause) => {
    const why = systemCode(cause) === 'ENOENT' ? 'which is not there' : `which cannot be read: ${cause}`;
    throw new ForeignModelError(`features: expected an ONNX file, got ${path}, ${why}`, { cause });
  });
  const model = await openForeignModel(bytes);
  const input = inputOf(model, path);
  return {
    name: basename(path),
    hash: createHash('sha256').update(bytes).digest('hex'),
    async see(samples, onProgress) {
      const images = imagesOf('features', samples);
      const seen: Seen[] = [];
      const step = input.batch ?? chunk;
      for (let start = 0; start < images.count; start += step) {
        const some = slice(images, start, step, input.batch !== undefined);
        const outputs = await model.run({ [input.name]: input.arrange(some) });
        seen.push(seenIn(outputs, Math.min(step, images.count - start), path));
        onProgress?.(Math.min(start + step, images.count), images.count);
      }
      return joined(seen);
    },
    close: () => model.close(),
  };
}

/** What the input wants. */
interface Input {
  readonly name: string;
  /** The number of images, where it is fixed. */
  readonly batch: number | undefined;
  arrange(images: Images): Value;
}

function inputOf({ inputs }: ForeignModel, path: string): Input {
  const [port] = inputs;
  if (inputs.length !== 1 || port?.shape.length !== 4)
    throw new ForeignModelError(
      `features: expected a network with one input of rank 4, got ${inputs.map(describe).join(', ')} in ${path}`,
    );
  const fixed = (dimension: number) => {
    const size = port.shape[dimension];
    return typeof size === 'number' && size > 0 ? size : undefined;
  };
  const last = [1, 3].includes(fixed(3) ?? 0) && ![1, 3].includes(fixed(1) ?? 0);
  const [height, width, channels] = (last ? [1, 2, 3] : [2, 3, 1]).map(fixed);
  return {
    name: port.name,
    batch: fixed(0),
    arrange(images) {
      const form = [height ?? images.height, width ?? images.width, channels ?? images.channels] as const;
      const data = resizeImages(images, ...form);
      const nhwc = new Value('float32', [images.count, ...form], data);
      return last ? nhwc : channelsFirst(nhwc);
    },
  };
}

const describe = ({ name, shape }: ModelPort) => `${name} [${shape.map((size) => size ?? '?')}]`;

/** Some images from `start`; behind the last, where a full batch is needed, are zeros. */
function slice(images: Images, start: number, step: number, full: boolean): Images {
  const each = images.height * images.width * images.channels;
  const count = full ? step : Math.min(step, images.count - start);
  const data = new Float32Array(count * each);
  for (let at = 0; at < data.length && start * each + at < images.data.length; at++)
    data[at] = images.data[start * each + at]!;
  return { ...images, count, data };
}

function channelsFirst({ shape, data }: Value): Value {
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  const area = height * width;
  const turned = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const [image, pixel, channel] = [
      Math.floor(at / (area * channels)),
      Math.floor(at / channels) % area,
      at % channels,
    ];
    turned[(image * channels + channel) * area + pixel] = data[at]!;
  }
  return new Value('float32', [count, channels, height, width], turned);
}

function seenIn(outputs: Readonly<Record<string, Value>>, count: number, path: string): Seen {
  const named = Object.entries(outputs).filter(([, { dtype }]) => dtype === 'float32');
  const classes = named.find(([name]) => /logits|prob/i.test(name));
  const features = named.find((entry) => entry !== classes) ?? classes;
  if (features === undefined)
    throw new ForeignModelError(`features: expected an output of float32, got none in ${path}`);
  const rows = ({ shape, data }: Value) => {
    const width = data.length / shape[0]!;
    return { shape: [count, width], data: data.subarray(0, count * width) };
  };
  if (classes === undefined) return { features: rows(features[1]) };
  const given = rows(classes[1]);
  const probabilities = /prob/i.test(classes[0]) ? given : softmaxRows(given);
  return { features: rows(features[1]), probabilities };
}

function joined(parts: readonly Seen[]): Seen {
  const stack = (of: (seen: Seen) => Seen['features']) => {
    const width = of(parts[0]!).shape[1]!;
    const data = Float64Array.from(parts.flatMap((part) => Array.from(of(part).data)));
    return { shape: [data.length / width, width], data };
  };
  const features = stack(({ features }) => features);
  if (parts[0]!.probabilities === undefined) return { features };
  return { features, probabilities: stack(({ probabilities }) => probabilities!) };
}
