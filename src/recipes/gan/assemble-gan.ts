import { take } from 'rxjs';
import { given } from '../../base/index.ts';
import { type Dataset, decodeAhead, shuffled } from '../../data/index.ts';
import { type Engine, keyOf } from '../../engine/index.ts';
import { type System, sampleKey, train } from '../../models/index.ts';
import { gated, isPhased, type PhasedSchedule, pump } from '../../streams/index.ts';
import type { GanAssembly } from '../assembly.ts';
import type { GanRecipe } from '../recipe.ts';
import type { Settings } from '../settings.ts';
import { unmeasured } from '../stages.ts';
import { picturedSamples, score, scoreText, writePicture } from './show-samples.ts';
import { timed } from './timed-source.ts';

/**
 * The run of a GAN that a config describes, on an engine, at its first step.
 * @throws RangeError for an option, or a batch, that the system does not take
 */
export function assembleGan(
  recipe: GanRecipe,
  config: Settings,
  dataset: Dataset,
  engine: Engine,
): GanAssembly {
  const { system, schedule, gates = [], beside } = recipe.build(config.options, dataset);
  const plan = isPhased(schedule) ? schedule : undefined;
  requireFit(system, dataset, config.batch, plan);
  const trainer = train(system, engine, { seed: config.seed, ...(plan && { plan: plan.text }) });
  const shown = beside && ((count: number, seed: number) => beside(count, sampleKey(seed)));
  const waited = { seconds: 0 };
  const samples = () => trainer.sample(picturedSamples[dataset.kind]);
  return {
    kind: 'gan',
    data: dataset.fingerprint,
    dataset,
    trainer,
    learner: trainer,
    ...given({ plan }),
    events(run, stages = unmeasured) {
      const order = { size: config.batch, seed: config.seed, start: trainer.index };
      const workers = config.decodeWorkers ?? 0;
      const watch = stages.buffer?.('pump');
      const batches =
        workers === 0
          ? shuffled(dataset, order)
          : decodeAhead(dataset, { ...order, workers, ...given({ watch }) });
      return pump(timed(stages.source('pump', batches), waited), run).pipe(
        stages('schedule', schedule),
        gated(gates, trainer.latest),
        take(config.steps - trainer.index),
        stages('learn', trainer.learn(run.gate)),
      );
    },
    dataSeconds: () => waited.seconds,
    ...given({ beside: shown }),
    draw: async (path) =>
      writePicture(path, await samples(), dataset, shown?.(picturedSamples[dataset.kind], 0)),
    evaluate: async () => {
      const quality = score(await samples(), dataset);
      return quality && { quality: { ...quality }, text: scoreText(quality) };
    },
  };
}

/**
 * Asks for the inputs of every player once: a batch that does not fit is refused before a run
 * begins.
 */
function requireFit(system: System, dataset: Dataset, size: number, plan?: PhasedSchedule): void {
  const batch = dataset.read(Array.from({ length: size }, (_, i) => i));
  for (const player of system.players) {
    const number = plan?.phases.findIndex(({ schedule }) => schedule.players?.includes(player)) ?? 0;
    const index = plan?.starts[number] ?? 0;
    const phase = plan && { phase: plan.at(index) };
    system.inputs({ index, player, batch, ...phase }, keyOf(0));
  }
}
