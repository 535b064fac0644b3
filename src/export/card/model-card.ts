import { stringify } from 'yaml';
import { given, version } from '../../base/index.ts';
import { recipes } from '../../recipes/index.ts';
import type { LoadedAgent, LoadedGan } from '../../runs/index.ts';
import type { ExportedOnnx } from '../export-onnx.ts';
import { dataName } from '../metadata.ts';
import type { CardPicture } from './card-pictures.ts';
import type { CardScores } from './card-scores.ts';
import { pythonExample } from './python-example.ts';

/** What a card tells. */
export interface CardContent {
  readonly name: string;
  readonly license: string;
  readonly scores: CardScores | undefined;
  readonly pictures: readonly CardPicture[];
  /** The network that the folder has as `model.onnx`. */
  readonly model: Omit<ExportedOnnx, 'bytes'>;
}

/** Datasets of the Hugging Face hub, by what the name of one of ours ends with. */
const hubDatasets: readonly (readonly [RegExp, string])[] = [
  [/\bfashion-mnist\b/, 'zalando-datasets/fashion_mnist'],
  [/\bmnist\b/, 'ylecun/mnist'],
  [/\bcifar10\b/, 'uoft-cs/cifar10'],
];

/**
 * The metadata of a card, as the Hugging Face hub takes it.
 * https://huggingface.co/docs/hub/model-cards and its specification of `model-index`
 */
export function cardMetadata(run: LoadedGan | LoadedAgent, content: CardContent) {
  const { name, license, scores } = content;
  const task = taskOf(run);
  const dataset = hubDatasets.find(([pattern]) => pattern.test(dataName(run)))?.[1];
  const results = scores && [
    {
      task: { type: task ?? 'other' },
      dataset: { type: dataset ?? dataName(run), name: dataName(run) },
      metrics: scores.rows.map(({ name: type, value, floor }) => ({
        type,
        value: rounded(value),
        ...(floor !== undefined && { args: { floor: rounded(floor) } }),
      })),
    },
  ];
  return {
    license,
    library_name: 'weir-streams',
    ...given({ pipeline_tag: task }),
    tags: ['weir-streams', run.config.recipe, run.kind === 'gan' ? 'gan' : 'reinforcement-learning', 'onnx'],
    ...(dataset !== undefined && { datasets: [dataset] }),
    ...(scores && { metrics: scores.rows.map(({ name: metric }) => metric) }),
    ...(results && { 'model-index': [{ name, results }] }),
  };
}

/** The task by the name of the hub; undefined for points, for which it has none. */
function taskOf(run: LoadedGan | LoadedAgent): string | undefined {
  if (run.kind === 'agent') return 'reinforcement-learning';
  if (run.dataset.kind === 'points') return undefined;
  const { asked = {} } = run.trainer.system;
  if (asked.caption) return 'text-to-image';
  return asked.source ? 'image-to-image' : 'unconditional-image-generation';
}

/** A model card in Markdown, with its metadata in front as YAML. */
export function modelCard(run: LoadedGan | LoadedAgent, content: CardContent): string {
  const { name, pictures } = content;
  const parts = [
    `# ${name}`,
    about(run),
    ...pictures.map(({ title, file }) => `![${title}](${file})`),
    scoresPart(content.scores),
    usePart(run, content),
    filesPart(content),
    trainingPart(run),
    provenancePart(content),
    licensePart(content.license),
  ];
  return `---\n${stringify(cardMetadata(run, content))}---\n\n${parts.join('\n\n')}\n`;
}

function about(run: LoadedGan | LoadedAgent): string {
  const { recipe } = run.config;
  const found = recipes.find((known) => known.name === recipe);
  const paper = found?.paper.replace(/arXiv:(\d+\.\d+)/, '[arXiv:$1](https://arxiv.org/abs/$1)');
  const what = found === undefined ? '' : `: ${found.summary} (${paper})`;
  const verb = run.kind === 'gan' ? 'trained on' : 'trained in';
  return `\`${recipe}\`${what}. It was ${verb} \`${dataName(run)}\` for ${run.index} steps with [Weir](https://www.npmjs.com/package/weir-streams) ${version}.`;
}

function scoresPart(scores: CardScores | undefined): string {
  if (scores === undefined)
    return '## Scores\n\nNone: images are scored by a feature network, and the run has none.';
  const floors = scores.rows.some(({ floor }) => floor !== undefined);
  const rows = scores.rows.map(({ name, value, floor, better, about: what }) => [
    name,
    rounded(value),
    ...(floors ? [floor === undefined ? '' : rounded(floor)] : []),
    better,
    what,
  ]);
  const titles = ['Score', 'This model', ...(floors ? ['Real data'] : []), 'Better', 'What it is'];
  return `## Scores\n\n${scores.method}\n\n${markdownTable(titles, rows)}`;
}

function usePart(run: LoadedGan | LoadedAgent, { model }: CardContent): string {
  const rows = Object.entries({ input: model.inputs, output: model.outputs }).flatMap(([kind, ports]) =>
    ports.map(({ name, shape, dtype }) => [kind, `\`${name}\``, dtype, `[${shape.join(', ')}]`]),
  );
  const table = markdownTable(['', 'Name', 'Type', 'Shape'], rows);
  const example = pythonExample(run, model.inputs);
  return ['## Use', `\`model.onnx\` is the ${model.what}:`, table, ...(example ? [example] : [])].join(
    '\n\n',
  );
}

function filesPart({ pictures }: CardContent): string {
  const files = [
    ['`model.onnx`', 'the network with its weights, for onnxruntime and others'],
    ['`model.safetensors`', 'the weights of all networks by name'],
    ['`config.json`', 'configuration, inputs and outputs, hash'],
    ...pictures.map(({ file, title }) => [`\`${file}\``, title.toLowerCase()]),
  ];
  return `## Files\n\n${markdownTable(['File', 'What it is'], files)}`;
}

function trainingPart(run: LoadedGan | LoadedAgent): string {
  const { seed, batch, options, engine } = run.config;
  const values = { steps: run.index, batch, seed, engine, ...options };
  const rows = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([option, value]) => [option, value]);
  return `## Training\n\n${markdownTable(['Option', 'Value'], rows)}`;
}

function provenancePart({ model: { metadata } }: CardContent): string {
  return (
    '## Provenance\n\n' +
    `SHA-256 of all weights: \`${metadata.sha256}\`. \`model.onnx\`, \`model.safetensors\` and ` +
    '`config.json` have it too.'
  );
}

function licensePart(license: string): string {
  return license === 'unknown'
    ? '## License\n\nNone was given.'
    : `## License\n\n\`${license}\`. That of the training data is its own.`;
}

function markdownTable(titles: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

const rounded = (value: number) => Number(value.toPrecision(5));
