import type { LoadedAgent, LoadedGan } from '../../runs/index.ts';
import type { ExportedOnnx } from '../export-onnx.ts';
import { inputName } from '../input-names.ts';

/**
 * Lines of Python that run an exported model, as a block of Markdown; undefined where an input is
 * neither normal noise, nor a class, nor an observation.
 */
export function pythonExample(
  run: LoadedGan | LoadedAgent,
  inputs: ExportedOnnx['inputs'],
): string | undefined {
  const feeds = inputs.map((input) => [input.name, feedOf(run, input)] as const);
  if (feeds.some(([, feed]) => feed === undefined)) return undefined;
  const lines = [
    'import numpy as np',
    'import onnxruntime as ort',
    '',
    'session = ort.InferenceSession("model.onnx")',
    'rng = np.random.default_rng(7)',
    'feeds = {',
    ...feeds.map(([name, feed]) => `    "${name}": ${feed},`),
    '}',
    'output = session.run(None, feeds)[0]',
    'print(output.shape)',
  ];
  return `\`\`\`python\n${lines.join('\n')}\n\`\`\``;
}

function feedOf(
  run: LoadedGan | LoadedAgent,
  { name, shape, dtype }: ExportedOnnx['inputs'][number],
): string | undefined {
  const [, width] = shape;
  if (dtype !== 'float32' || shape.length !== 2 || typeof width !== 'number') return undefined;
  if (run.kind === 'agent') return `np.zeros((1, ${width}), np.float32)`;
  const noise = Object.entries(run.sampler.noise).find(
    ([input]) => inputName(input, 'float32') === name,
  )?.[1];
  if (noise !== undefined)
    return noise.normal === width ? `rng.standard_normal((16, ${width}), dtype=np.float32)` : undefined;
  return width === run.dataset.classes?.length
    ? `np.eye(${width}, dtype=np.float32)[np.arange(16) % ${width}]`
    : undefined;
}
