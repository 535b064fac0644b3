import type { Board } from '../board.ts';
import { heatMap } from '../panels/heat-map.ts';
import { timeSeries } from '../panels/time-series.ts';
import { increase, of, rate } from '../promql.ts';
import { buckets, query } from '../query.ts';
import { gauge } from './gauge.ts';
import { ownValues } from './own-values.ts';

/** Whether an agent gets better, and what keeps it from it. */
export const reinforcementLearning: Board = {
  name: 'reinforcement-learning',
  place: 'rl',
  title: 'Weir / Reinforcement learning',
  description: 'Whether the agent gets better, and what keeps it from it.',
  single: 'rl',
  rows: [
    {
      title: 'Episodes',
      panels: [
        timeSeries({
          title: 'Return of an episode',
          description:
            'Mean, smallest and largest return of the episodes of about a second. The mean is what is learned for.',
          unit: 'short',
          queries: [
            query(of('weir_rl_episode_return_mean'), 'mean'),
            query(of('weir_rl_episode_return_min'), 'min'),
            query(of('weir_rl_episode_return_max'), 'max'),
          ],
        }),
        gauge('weir_evaluation_return_mean', {
          title: 'Return without exploration',
          description: 'Mean return when the agent is evaluated. This is the figure to report.',
          unit: 'short',
          width: 8,
        }),
        heatMap({
          title: 'Length of an episode',
          description: 'How long episodes are, over time.',
          unit: 'short',
          query: buckets(`sum by (le) (${increase('weir_rl_episode_length_steps_bucket')})`),
        }),
        timeSeries({
          title: 'Environment steps per second',
          description: 'Steps of the environment in the episodes that have ended.',
          unit: 'short',
          min: 0,
          queries: [query(rate('weir_rl_environment_steps_total'), 'environment steps per second')],
        }),
        timeSeries({
          title: 'Episodes per minute',
          description: 'Episodes that have ended.',
          unit: 'short',
          min: 0,
          queries: [query(`60 * ${rate('weir_rl_episodes_total')}`, 'episodes per minute')],
        }),
        gauge('weir_learning_rate', {
          title: 'Learning rate',
          description: 'The rate of each player, with decay and after roll-backs.',
          unit: 'sci',
          legend: '{{player}}',
          width: 8,
        }),
      ],
    },
    {
      title: 'Policies',
      panels: [
        timeSeries({
          title: 'Losses of policy and value',
          description: 'Of an actor and its critic.',
          unit: 'short',
          queries: [query(of('weir_rl_policy_loss'), 'policy'), query(of('weir_rl_value_loss'), 'value')],
        }),
        gauge('weir_rl_policy_entropy_nats', {
          title: 'Entropy of the policy',
          description: 'It falls as the agent becomes sure. Near zero too early: it no longer explores.',
          unit: 'short',
          width: 8,
        }),
        gauge('weir_rl_explained_variance_ratio', {
          title: 'Explained variance',
          description:
            'Of the returns, by the value function. One is perfect, below zero it is worse than a constant.',
          unit: 'percentunit',
          min: -1,
          max: 1,
          width: 8,
        }),
        gauge('weir_rl_approximate_kl_nats', {
          title: 'KL divergence of an update',
          description: 'How far one update moved the policy. Above about 0.02 the steps are too large.',
          unit: 'short',
          width: 8,
          thresholds: ['green', [0.02, 'yellow'], [0.1, 'red']],
        }),
        gauge('weir_rl_clip_ratio', {
          title: 'Clipped share',
          description: 'Share of an update that the clip of PPO held back.',
          unit: 'percentunit',
          min: 0,
          max: 1,
          width: 8,
        }),
        gauge('weir_loss', {
          title: 'Loss',
          description: 'Loss of what learns. It need not fall while the agent finds new ground.',
          width: 8,
          unit: 'short',
          legend: '{{player}}',
        }),
      ],
    },
    {
      title: 'Values of actions: tables and Q-networks',
      collapsed: true,
      panels: [
        gauge('weir_rl_td_error', {
          title: 'Temporal-difference error',
          description: 'How wrong the values were. It falls as they settle.',
          unit: 'short',
        }),
        gauge('weir_rl_q_mean', {
          title: 'Mean of the action values',
          description: 'It should come near to the true return. Growth without end is over-estimation.',
          unit: 'short',
        }),
        gauge('weir_rl_exploration_ratio', {
          title: 'Exploration',
          description: 'Share of random actions.',
          unit: 'percentunit',
          min: 0,
          max: 1,
        }),
        gauge('weir_rl_table_coverage_ratio', {
          title: 'Coverage of the table',
          description: 'Share of a table that was visited. It bounds what can have been learned.',
          unit: 'percentunit',
          min: 0,
          max: 1,
        }),
        gauge('weir_rl_replay_items', {
          title: 'Replay buffer',
          description: 'Transitions that are held.',
          unit: 'locale',
          min: 0,
        }),
      ],
    },
    {
      title: 'Soft actor-critic',
      collapsed: true,
      panels: [
        gauge('weir_rl_temperature', {
          title: 'Temperature',
          description: 'Weight of the entropy in soft actor-critic, learnt towards a target entropy.',
          unit: 'short',
          min: 0,
          width: 8,
        }),
      ],
    },
    {
      title: 'Values of your own',
      collapsed: true,
      panels: [...ownValues],
    },
  ],
};
