import { version } from '../base/index.ts';
import { type Dataset, isCaptioned } from '../data/index.ts';
import { type LoadedAgent, type LoadedGan, weightsHash } from '../runs/index.ts';
import type { ExportableNetwork } from './networks.ts';

/**
 * What an exported file says of itself, as text by name: `weir` (version), `recipe`, `data`,
 * `step`, `seed`, `what`, `sha256` (of all weights of the run), and of data that has them `shape`
 * and `classes` or `vocabulary` as JSON.
 */
export function exportMetadata(
  run: LoadedGan | LoadedAgent,
  { what, state }: ExportableNetwork,
): Readonly<Record<string, string>> {
  const { config, index } = run;
  return {
    weir: version,
    recipe: config.recipe,
    data: dataName(run),
    step: String(index),
    seed: String(config.seed),
    what,
    sha256: weightsHash(state),
    ...(run.kind === 'gan' && describedData(run.dataset)),
  };
}

/** The data as they are called, without the folder where they lie on this machine. */
export function dataName(run: LoadedGan | LoadedAgent): string {
  return run.kind === 'gan' ? run.dataset.name : run.config.data;
}

function describedData(dataset: Dataset): Readonly<Record<string, string>> {
  const { shape, classes } = dataset;
  return {
    shape: JSON.stringify(shape),
    ...(classes && { classes: JSON.stringify(classes) }),
    ...(isCaptioned(dataset) && {
      vocabulary: JSON.stringify(dataset.tokeniser.vocabulary),
    }),
  };
}
