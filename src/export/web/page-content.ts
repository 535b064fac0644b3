import { isCaptioned } from '../../data/index.ts';
import { chooseRows, flattenTree, type Tree, type Value } from '../../engine/index.ts';
import { type Scene, seenEpisode } from '../../rl/index.ts';
import type { LoadedAgent, LoadedGan } from '../../runs/index.ts';
import { ExportError } from '../errors.ts';
import type { ExportedOnnx } from '../export-onnx.ts';
import { inputName } from '../input-names.ts';
import { dataName } from '../metadata.ts';
import type { ExportableNetwork } from '../networks.ts';
import { type LatentDirection, principalDirections } from './directions.ts';

/** Numbers of all inputs that a page holds at most. */
const bankNumbers = 200_000;

/** Rows that the page compares with the engine. */
const comparedRows = 8;

/** What the page of an export shows: `model.js` holds it as JSON (`src/export/page/types.d.ts`). */
export interface PageContent extends Readonly<Record<string, unknown>> {
  readonly kind: 'images' | 'points' | 'agent';
}

/**
 * What the page of a generator, a policy or values of actions shows.
 * @throws ExportError for another network
 */
export async function pageContent(
  run: LoadedGan | LoadedAgent,
  network: ExportableNetwork,
  model: ExportedOnnx,
): Promise<PageContent> {
  const { recipe } = run.config;
  const data = dataName(run);
  const what = model.what;
  if (!['generator', 'policy', 'q'].includes(what))
    throw new ExportError(`what: expected generator, policy or q for a page, got ${what}`);
  const common = {
    title: recipe,
    about: `${data}, step ${run.index}`,
    facts: [
      `${what} of ${recipe}, trained by Weir ${model.metadata.weir} on ${data}, step ${run.index}, seed ${run.config.seed}.`,
      `SHA-256 of the weights ${model.metadata.sha256}. ONNX opset ${model.opset}.`,
    ],
    onnx: Buffer.from(model.bytes).toString('base64'),
  };
  return run.kind === 'gan'
    ? { ...common, ...(await samplerContent(run, network, model)) }
    : { ...common, ...(await agentContent(run, network, model)) };
}

async function samplerContent(run: LoadedGan, network: ExportableNetwork, model: ExportedOnnx) {
  const { dataset, trainer } = run;
  const noises = trainer.system.noise ?? {};
  const widths = [...flattenTree(network.inputs(1)).values()].map(({ data }) => data.length);
  const width = widths.reduce((a, b) => a + b, 0);
  const rows = Math.max(32, Math.min(512, Math.floor(bankNumbers / width)));
  const bank = network.inputs(rows);
  const isNoise = (path: string) => path in noises;
  const described = inputsOf(bank, model, isNoise);
  const directions = await directionsOf(run, bank, isNoise);
  const [output] = model.outputs;
  const expected = await trainer.sampleFrom(network.inputs(comparedRows));
  const captions = isCaptioned(dataset) ? [...new Set(dataset.captions(first(64)))].slice(0, 12) : undefined;
  return {
    kind: dataset.kind,
    inputs: described,
    rows,
    output: { name: output!.name, shape: output!.shape.slice(1) },
    spherical: Object.values(noises).every(({ size, normal }) => normal === size),
    directions,
    ...(dataset.classes && { classes: dataset.classes }),
    ...(captions && isCaptioned(dataset) && { captions, vocabulary: dataset.tokeniser.vocabulary }),
    expected: { rows: comparedRows, numbers: base64(expected) },
  };
}

async function directionsOf(
  { trainer }: LoadedGan,
  bank: Tree<Value>,
  isNoise: (path: string) => boolean,
): Promise<readonly LatentDirection[]> {
  const leaves = [...flattenTree(bank)];
  const count = Math.min(128, leaves[0]![1].shape[0]!);
  const noise = leaves.filter(([path]) => isNoise(path));
  if (noise.length === 0) return [];
  // Classes, captions and sources stay as those of the first row: only the noise is to matter.
  const inputs = Object.fromEntries(
    leaves.map(([path, value]) => [path, chooseRows(value, count, isNoise(path) ? (i) => i : () => 0)]),
  );
  const { data } = await trainer.sampleFrom(inputs);
  const joined = new Float32Array(count * noise.reduce((sum, [, value]) => sum + widthOf(value), 0));
  let at = 0;
  for (let row = 0; row < count; row++)
    for (const [, value] of noise) {
      joined.set(value.data.subarray(row * widthOf(value), (row + 1) * widthOf(value)), at);
      at += widthOf(value);
    }
  return principalDirections(joined, data as Float32Array, count);
}

async function agentContent(run: LoadedAgent, network: ExportableNetwork, model: ExportedOnnx) {
  const environment = run.arena.make();
  const { observations, actions, scenes } = await seenEpisode(environment, run.arena.actor);
  const seen = observations.slice(0, framesAtMost).map((one) => [one].flat() as number[]);
  const spec = environment.observation as {
    low?: readonly number[];
    high?: readonly number[];
    size?: number;
  };
  const inputs = network.inputs(comparedRows);
  const session = run.engine.open(network.state);
  const outputs = flattenTree(await session.run(network.program, inputs));
  session.close();
  const [output] = model.outputs;
  return {
    kind: 'agent' as const,
    inputs: inputsOf(inputs, model, () => false),
    rows: comparedRows,
    output: { name: output!.name, shape: output!.shape.slice(1) },
    spherical: false,
    directions: [],
    expected: { rows: comparedRows, numbers: base64(outputs.get(output!.name)!) },
    agent: {
      ...boundsOf(spec, seen),
      observations: seen,
      actions: actions.slice(0, framesAtMost),
      scenes: scenes.slice(0, framesAtMost).map(rounded),
    },
  };
}

/** Frames of an episode that a page holds at most. */
const framesAtMost = 300;

/** The range of each slider: the bounds of the environment, or twice what was seen. */
function boundsOf(
  { low, high, size }: { low?: readonly number[]; high?: readonly number[]; size?: number },
  seen: readonly (readonly number[])[],
) {
  if (size !== undefined) return { low: [0], high: [size - 1] };
  const reach = (i: number) => 2 * seen.reduce((most, row) => Math.max(most, Math.abs(row[i]!)), 0.5);
  const bound = (bounds: readonly number[] | undefined, sign: number) =>
    (seen[0] ?? []).map((_, i) => {
      const given = bounds?.[i] ?? Number.POSITIVE_INFINITY;
      return Math.abs(given) < 1e3 ? given : sign * reach(i);
    });
  return { low: bound(low, -1), high: bound(high, 1) };
}

function rounded(scene: Scene): unknown {
  return JSON.parse(
    JSON.stringify(scene, (_, value) => (typeof value === 'number' ? Math.round(value * 1e3) / 1e3 : value)),
  );
}

function inputsOf(bank: Tree<Value>, { inputs }: ExportedOnnx, isNoise: (path: string) => boolean) {
  const known = new Set(inputs.map(({ name }) => name));
  return [...flattenTree(bank)]
    .map(([path, value]) => ({
      name: inputName(path, value.dtype),
      dtype: value.dtype,
      shape: value.shape.slice(1),
      noise: isNoise(path),
      bank: base64(value),
    }))
    .filter(({ name }) => known.has(name));
}

const first = (count: number) => Array.from({ length: count }, (_, i) => i);

function widthOf({ data, shape }: Value): number {
  return data.length / shape[0]!;
}

function base64({ data }: Value): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
}
