import type { Board } from '../board.ts';
import { byStep } from '../panels/by-step.ts';
import { table } from '../panels/table.ts';
import { byRun, of } from '../promql.ts';
import { rows } from '../query.ts';

const best = (which: 'min' | 'max', metric: string) =>
  rows(byRun(`${which}_over_time(${of(metric)}[$__range])`));

/**
 * Several runs against the step rather than the time, so that it does not matter when and how fast
 * they ran.
 */
export const compareRuns: Board = {
  name: 'compare-runs',
  place: 'compare',
  title: 'Weir / Compare runs',
  description: 'Several runs against their step: when and how fast they ran does not matter.',
  rows: [
    {
      title: 'By step',
      panels: [
        byStep({
          title: 'Loss',
          description: 'Loss of every player.',
          unit: 'short',
          width: 12,
          height: 10,
          metric: 'weir_loss',
          labels: ['player'],
        }),
        byStep({
          title: 'Return of an episode',
          description: 'Mean return while learning, exploration included.',
          unit: 'short',
          width: 12,
          height: 10,
          metric: 'weir_rl_episode_return_mean',
        }),
        byStep({
          title: 'Return without exploration',
          description: 'Mean return at each evaluation.',
          unit: 'short',
          width: 12,
          height: 10,
          metric: 'weir_evaluation_return_mean',
        }),
        byStep({
          title: 'Frechet distance',
          description: 'At each evaluation; lower is better.',
          unit: 'short',
          width: 12,
          height: 10,
          metric: 'weir_evaluation_frechet_distance',
        }),
        byStep({
          title: 'Modes covered',
          description: 'At each evaluation.',
          unit: 'short',
          width: 12,
          height: 10,
          min: 0,
          metric: 'weir_evaluation_modes_covered',
        }),
        byStep({
          title: 'Samples near a mode',
          description: 'At each evaluation; higher is better.',
          unit: 'percentunit',
          width: 12,
          height: 10,
          min: 0,
          max: 1,
          metric: 'weir_evaluation_high_quality_ratio',
        }),
      ],
    },
    {
      title: 'Best results in the chosen time',
      panels: [
        table({
          title: 'Results',
          description:
            'One row for each run: what it is, how far it is, and the best of its scores in the chosen time.',
          unit: 'short',
          width: 24,
          height: 10,
          queries: [
            rows(byRun(of('weir_run_info'), 'recipe', 'data', 'seed')),
            rows(byRun(of('weir_run_global_step'))),
            best('min', 'weir_evaluation_frechet_distance'),
            best('max', 'weir_evaluation_modes_covered'),
            best('max', 'weir_evaluation_high_quality_ratio'),
            best('max', 'weir_evaluation_return_mean'),
            best('max', 'weir_rl_episode_return_mean'),
          ],
          columns: [
            { field: 'run', heading: 'Run' },
            { field: 'recipe', heading: 'Recipe' },
            { field: 'data', heading: 'Data' },
            { field: 'seed', heading: 'Seed' },
            { field: 'Value #B', heading: 'Step', unit: 'locale' },
            { field: 'Value #C', heading: 'Lowest Frechet distance', unit: 'short' },
            { field: 'Value #D', heading: 'Most modes', unit: 'short' },
            { field: 'Value #E', heading: 'Most near a mode', unit: 'percentunit' },
            { field: 'Value #F', heading: 'Best evaluated return', unit: 'short' },
            { field: 'Value #G', heading: 'Best return', unit: 'short' },
          ],
          sortBy: 'Step',
        }),
      ],
    },
  ],
};
