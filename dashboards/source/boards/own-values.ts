import { gauge } from './gauge.ts';

/** The values and scores that have no metric of their own. */
export const ownValues = [
  gauge('weir_step_value', {
    title: 'Own values',
    description: 'Values of steps that have no metric of their own, by player and name.',
    unit: 'short',
    legend: '{{player}} {{value}}',
  }),
  gauge('weir_evaluation_value', {
    title: 'Own scores',
    description: 'Scores of evaluations that have no metric of their own, by name.',
    unit: 'short',
    legend: '{{value}}',
  }),
];
