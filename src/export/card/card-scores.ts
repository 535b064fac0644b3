import { given, wholeNumber, withCleanup } from '../../base/index.ts';
import { drawSamples, type ScoreName, scoreTable } from '../../evaluation/index.ts';
import { evaluateGreedy } from '../../rl/index.ts';
import { type LoadedAgent, type LoadedGan, openEvaluator } from '../../runs/index.ts';

/** What a model is scored with. */
export interface ScoringOptions {
  /** Feature network of images. @default that of the run */
  readonly features?: string;
  /** Samples, and as many real examples twice. @default those of the run, or 2,000 */
  readonly samples?: number;
  /** Greedy episodes of an agent. @default 100 */
  readonly episodes?: number;
}

/** One score of a model. */
export interface CardScore {
  readonly name: string;
  readonly value: number;
  /** The score of real examples against other real examples; absent for an agent. */
  readonly floor?: number;
  readonly better: string;
  readonly about: string;
}

/** The scores of a model and how they were made. */
export interface CardScores {
  readonly rows: readonly CardScore[];
  /** In one sentence. */
  readonly method: string;
}

/**
 * Scores a run as `weir evaluate` does; undefined for images without a feature network.
 * @throws what is wrong with features, samples or episodes
 */
export async function cardScores(
  run: LoadedGan | LoadedAgent,
  options: ScoringOptions = {},
): Promise<CardScores | undefined> {
  return run.kind === 'gan' ? ofGan(run, options) : ofAgent(run, options);
}

async function ofGan(
  { config, dataset, engine, trainer }: LoadedGan,
  options: ScoringOptions,
): Promise<CardScores | undefined> {
  const features = options.features ?? config.evaluation?.features;
  const samples = options.samples ?? config.evaluation?.samples;
  if (features === undefined && dataset.kind === 'images') return undefined;
  const evaluator = await openEvaluator(given({ features, samples }), dataset, engine);
  return withCleanup(
    async () => {
      const drawn = await drawSamples((count, seed) => trainer.sample(count, seed), evaluator.samples);
      const [scores, floor] = [await evaluator.score(drawn), await evaluator.floor()];
      const { name, hash } = evaluator.features;
      const rows = Object.entries(scores).map(([score, value]) => ({
        name: score,
        value,
        floor: floor[score]!,
        ...scoreTable[score as ScoreName],
      }));
      const method =
        `${evaluator.samples} samples against ${evaluator.samples} examples of the data, ` +
        `with the features \`${name}\` (hash \`${hash}\`). "Real data" is the score of as many other ` +
        'real examples: the floor, which a perfect generator would reach.';
      return { rows, method };
    },
    () => evaluator.close(),
  );
}

async function ofAgent(
  { arena, config }: LoadedAgent,
  { episodes = 100 }: ScoringOptions,
): Promise<CardScores> {
  wholeNumber('episodes', episodes, 1, 1_000_000);
  const found = await evaluateGreedy(arena.make(), arena.actor, { episodes });
  const error = found.returnDeviation / Math.sqrt(episodes);
  const rows = [
    { name: 'returnMean', value: found.returnMean, better: 'higher', about: 'mean return of an episode' },
    { name: 'returnError', value: error, better: '', about: 'standard error of that mean' },
    { name: 'returnDeviation', value: found.returnDeviation, better: '', about: 'deviation of the returns' },
    { name: 'lengthMean', value: found.lengthMean, better: '', about: 'steps of an episode' },
  ];
  return { rows, method: `${episodes} greedy episodes in ${config.data} that training never saw.` };
}
