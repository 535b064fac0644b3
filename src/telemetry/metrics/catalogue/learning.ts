import { counter, gauge, histogram, type Metric, type MetricPlace } from '../metric.ts';

const source = ['real', 'fake'];

/**
 * What the critic says of real and of generated examples: the values `real<What>` and
 * `fake<What>`.
 */
function critic(
  unit: 'ratio' | 'none',
  what: string,
  help: string,
  shown: readonly MetricPlace[] = ['gan'],
): Metric {
  const values = { [`real${what}`]: { source: 'real' }, [`fake${what}`]: { source: 'fake' } };
  return gauge(unit, `${help}, mean over about a second.`, shown, { labels: { source }, values });
}

/** A gauge of one value of the events. */
function shows(value: string, unit: Metric['unit'], help: string, shown: readonly MetricPlace[]): Metric {
  return gauge(unit, help, shown, { values: { [value]: {} } });
}

/** GANs: what the critic says, and what single techniques report. */
export const ganMetrics = {
  weir_gan_wasserstein_estimate: shows(
    'wasserstein',
    'none',
    "The critic's estimate of the Wasserstein distance.",
    ['gan'],
  ),
  weir_gan_gradient_penalty: shows('penalty', 'none', 'Gradient penalty, before its weight.', ['gan']),
  weir_gan_critic_score: critic('none', 'Score', 'Raw output of the critic'),
  weir_gan_critic_probability_ratio: critic(
    'ratio',
    'Probability',
    'Probability that the critic gives to "real"',
  ),
  weir_gan_critic_accuracy_ratio: critic('ratio', 'Accuracy', 'Share that the critic judges right', [
    'gan',
    'rule',
  ]),
  weir_gan_sample_diversity_ratio: shows(
    'diversity',
    'ratio',
    'How far samples lie from each other, as a share of the same for the data.',
    ['gan', 'rule'],
  ),
  weir_gan_clipped_weights_ratio: shows(
    'clippedShare',
    'ratio',
    "Share of the critic's weights at the bound of clipping.",
    ['gan'],
  ),
  weir_gan_spectral_norm: shows('spectralNorm', 'none', 'Largest singular value of a normalised layer.', [
    'gan',
  ]),
  weir_gan_attention_gamma: shows('attentionGamma', 'none', 'Weight of the self-attention branch.', ['gan']),
  weir_gan_mutual_information_nats: shows(
    'mutualInformation',
    'nats',
    'Lower bound of the mutual information of code and sample.',
    ['gan'],
  ),
  weir_gan_reconstruction_loss: shows('reconstruction', 'none', 'Loss of reconstruction.', ['gan']),
  weir_gan_kl_nats: shows('kl', 'nats', 'Kullback-Leibler divergence of the code from its prior.', ['gan']),
  weir_gan_class_loss: shows('classLoss', 'none', 'Loss of the auxiliary classifier.', ['gan']),
  weir_gan_class_accuracy_ratio: shows(
    'classAccuracy',
    'ratio',
    'Share that the auxiliary classifier gets right.',
    ['gan'],
  ),
  weir_gan_feature_distance: shows(
    'featureDistance',
    'none',
    'Distance of real and generated features in feature matching.',
    ['gan'],
  ),
  weir_gan_historical_distance: shows(
    'historicalDistance',
    'none',
    'Distance of the weights from their historical mean.',
    ['gan'],
  ),
  weir_gan_side_pixels: shows('side', 'none', 'Side of the pictures that are trained.', ['gan']),
  weir_gan_fade_in_ratio: shows('alpha', 'ratio', 'How far a new side is faded in.', ['gan']),
} as const satisfies Record<`weir_${string}`, Metric>;

/** Scores of samples and of agents, as of the last evaluation. */
export const evaluationMetrics = {
  weir_evaluations_total: counter('none', 'Evaluations done.', ['overview']),
  weir_evaluation_last_timestamp_seconds: gauge('timestamp', 'When the last evaluation was done.', [
    'overview',
  ]),
  weir_evaluation_duration_seconds: gauge('seconds', 'Time of the last evaluation.', ['runtime']),
  weir_evaluation_frechet_distance: shows('fid', 'none', 'Frechet distance of features, lower is better.', [
    'gan',
    'compare',
  ]),
  weir_evaluation_kernel_distance: shows('kid', 'none', 'Kernel distance of features, lower is better.', [
    'gan',
  ]),
  weir_evaluation_inception_score: shows('inceptionScore', 'none', 'Inception score, higher is better.', [
    'gan',
  ]),
  weir_evaluation_precision_ratio: shows('precision', 'ratio', 'Share of samples within the data.', ['gan']),
  weir_evaluation_recall_ratio: shows('recall', 'ratio', 'Share of the data within the samples.', ['gan']),
  weir_evaluation_density: shows('density', 'none', 'Density: how deep samples lie within the data.', [
    'gan',
  ]),
  weir_evaluation_coverage_ratio: shows('coverage', 'ratio', 'Share of the data that has a sample near it.', [
    'gan',
  ]),
  weir_evaluation_sliced_wasserstein_distance: shows(
    'slicedWasserstein',
    'none',
    'Sliced Wasserstein distance, lower is better.',
    ['gan'],
  ),
  weir_evaluation_structural_similarity_ratio: shows(
    'msSsim',
    'ratio',
    'Likeness of pairs of samples (MS-SSIM), lower is more diverse.',
    ['gan'],
  ),
  weir_evaluation_modes_covered: shows('modes', 'none', 'Modes of the data that have samples.', [
    'gan',
    'compare',
  ]),
  weir_evaluation_high_quality_ratio: shows('highQuality', 'ratio', 'Share of samples near a mode.', [
    'gan',
    'compare',
  ]),
  weir_evaluation_reverse_kl_nats: shows(
    'reverseKl',
    'nats',
    'Reverse KL divergence of the modes of samples from those of the data.',
    ['gan'],
  ),
  weir_evaluation_return_mean: shows('returnMean', 'none', 'Mean return of the evaluated agent.', [
    'rl',
    'compare',
  ]),
  weir_evaluation_value: gauge('none', 'Any other score of an evaluation, by its name.', ['gan', 'rl'], {
    labels: { value: 'names' },
  }),
} as const satisfies Record<`weir_${string}`, Metric>;

const episodeSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

/** Reinforcement learning. */
export const rlMetrics = {
  weir_rl_episodes_total: counter('none', 'Episodes that have ended.', ['rl']),
  weir_rl_environment_steps_total: counter(
    'steps',
    'Steps of the environments, those of episodes that go on included.',
    ['rl'],
  ),
  weir_rl_episode_return_mean: shows('return', 'none', 'Return of an episode, mean over about a second.', [
    'rl',
    'compare',
    'rule',
  ]),
  weir_rl_episode_return_min: gauge('none', 'Smallest return of an episode in about a second.', ['rl']),
  weir_rl_episode_return_max: gauge('none', 'Largest return of an episode in about a second.', ['rl']),
  weir_rl_episode_length_steps: histogram('steps', 'Length of an episode.', ['rl'], {
    buckets: episodeSteps,
  }),
  weir_rl_td_error: shows('tdError', 'none', 'Temporal-difference error.', ['rl']),
  weir_rl_exploration_ratio: shows('epsilon', 'ratio', 'Share of random actions.', ['rl']),
  weir_rl_table_coverage_ratio: shows('coverage', 'ratio', 'Share of the table that was visited.', ['rl']),
  weir_rl_q_mean: shows('qMean', 'none', 'Mean of the action values.', ['rl']),
  weir_rl_policy_loss: shows('policyLoss', 'none', 'Loss of the policy.', ['rl']),
  weir_rl_value_loss: shows('valueLoss', 'none', 'Loss of the value function.', ['rl']),
  weir_rl_policy_entropy_nats: shows('entropy', 'nats', 'Entropy of the policy.', ['rl', 'rule']),
  weir_rl_temperature: shows('temperature', 'none', 'Weight of the entropy in soft actor-critic.', ['rl']),
  weir_rl_approximate_kl_nats: shows('approxKl', 'nats', 'How far one update moved the policy.', [
    'rl',
    'rule',
  ]),
  weir_rl_clip_ratio: shows('clipFraction', 'ratio', 'Share of an update that was clipped.', ['rl']),
  weir_rl_explained_variance_ratio: shows(
    'explainedVariance',
    'ratio',
    'Variance of the returns that the value function explains.',
    ['rl'],
  ),
  weir_rl_replay_items: shows('replaySize', 'items', 'Transitions in the replay buffer.', ['rl']),
} as const satisfies Record<`weir_${string}`, Metric>;
