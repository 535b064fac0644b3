import type { Board } from '../board.ts';
import { timeSeries } from '../panels/time-series.ts';
import { of, rate } from '../promql.ts';
import { query } from '../query.ts';
import { gauge } from './gauge.ts';
import { ownValues } from './own-values.ts';

const steps = rate('weir_steps_total');

/** Whether the two players of a GAN are in balance, and whether its samples are varied and good. */
export const ganHealth: Board = {
  name: 'gan-health',
  place: 'gan',
  title: 'Weir / GAN health',
  description: 'Whether the two players are in balance, and whether the samples are varied and good.',
  single: 'gan',
  rows: [
    {
      title: 'Training',
      panels: [
        gauge('weir_loss', {
          title: 'Loss',
          description:
            'Losses of a GAN need not fall; look for jumps, and for a critic whose loss goes to zero.',
          width: 6,
          unit: 'short',
          legend: '{{player}}',
        }),
        gauge('weir_gan_critic_score', {
          title: 'Scores of real and fake',
          description:
            'Raw outputs of the critic. Two bands that run apart without end mean that it has won.',
          width: 6,
          unit: 'short',
          legend: '{{source}}',
        }),
        gauge('weir_gan_wasserstein_estimate', {
          title: 'Wasserstein estimate',
          description:
            'The estimate of the critic. It falls as samples get better; this is the curve to watch of a WGAN.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_sample_diversity_ratio', {
          title: 'Diversity of the samples',
          description:
            'How far samples lie from each other, as a share of the same for the data. Below 15 %: the generator has collapsed to a few samples.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          thresholds: ['red', [0.15, 'green']],
        }),
        gauge('weir_gradient_norm', {
          title: 'Gradient norm',
          description:
            'For WGAN-GP the norm that the penalty holds at one. A sudden rise by orders of magnitude comes before NaN.',
          width: 6,
          unit: 'short',
          legend: '{{player}}',
        }),
        gauge('weir_gan_gradient_penalty', {
          title: 'Gradient penalty',
          description: 'Before its weight. It should settle at a small value.',
          width: 6,
          unit: 'short',
        }),
        timeSeries({
          title: 'Steps by player',
          description: 'Share of the steps that each player has: the schedule as it really runs.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          max: 1,
          queries: [
            query(
              `sum by (job, instance, run, player) (${steps}) / ignoring (player) group_left () (sum by (job, instance, run) (${steps}) > 0)`,
              '{{player}}',
            ),
          ],
        }),
        gauge('weir_learning_rate', {
          title: 'Learning rate',
          description: 'The rate of each player, with decay and after roll-backs.',
          width: 6,
          unit: 'sci',
          legend: '{{player}}',
        }),
      ],
    },
    {
      title: 'Scores of the samples, at each evaluation',
      panels: [
        gauge('weir_evaluation_frechet_distance', {
          title: 'Frechet distance',
          description:
            'Distance of the features of samples and data (FID where the features are those of Inception). Lower is better.',
          width: 6,
          unit: 'short',
        }),
        timeSeries({
          title: 'Precision and recall',
          description:
            'Share of samples that lie within the data, and of the data that lie within the samples. Low recall with high precision: modes are missing.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          max: 1,
          queries: [
            query(of('weir_evaluation_precision_ratio'), 'precision'),
            query(of('weir_evaluation_recall_ratio'), 'recall'),
          ],
        }),
        gauge('weir_evaluation_modes_covered', {
          title: 'Modes covered',
          description: 'Modes of a mixture that have samples. It should reach all of them and stay.',
          width: 6,
          unit: 'short',
          min: 0,
        }),
        gauge('weir_evaluation_high_quality_ratio', {
          title: 'Samples near a mode',
          description: 'Share of samples within three standard deviations of a mode.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          max: 1,
        }),
        gauge('weir_evaluation_kernel_distance', {
          title: 'Kernel distance',
          description:
            'Unbiased distance by a polynomial kernel (KID). Lower is better, and it may be slightly negative.',
          width: 6,
          unit: 'short',
        }),
        timeSeries({
          title: 'Density and coverage',
          description:
            'How deep samples lie within the data, and the share of the data with a sample nearby. Sturdier against outliers than precision and recall.',
          width: 6,
          unit: 'short',
          min: 0,
          queries: [
            query(of('weir_evaluation_density'), 'density'),
            query(of('weir_evaluation_coverage_ratio'), 'coverage'),
          ],
        }),
        gauge('weir_evaluation_sliced_wasserstein_distance', {
          title: 'Sliced Wasserstein distance',
          description: 'Mean distance over random directions. Lower is better.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_evaluation_reverse_kl_nats', {
          title: 'Reverse KL of the modes',
          description:
            'Divergence of the shares of the modes among samples from those among the data. Zero is perfect.',
          width: 6,
          unit: 'short',
        }),
      ],
    },
    {
      title: 'Critics that give a probability',
      collapsed: true,
      panels: [
        gauge('weir_gan_critic_probability_ratio', {
          title: 'Probability of "real"',
          description:
            'What the critic believes of real and of fake samples. Both at one half: it cannot tell them apart.',
          width: 12,
          unit: 'percentunit',
          legend: '{{source}}',
          min: 0,
          max: 1,
        }),
        gauge('weir_gan_critic_accuracy_ratio', {
          title: 'Accuracy of the critic',
          description:
            'Share of real and of fake samples that it judges right. Both above 98 % for minutes: the generator learns nothing any more.',
          width: 12,
          unit: 'percentunit',
          legend: '{{source}}',
          min: 0,
          max: 1,
          thresholds: ['green', [0.98, 'red']],
        }),
      ],
    },
    {
      title: 'Scores of images',
      collapsed: true,
      panels: [
        gauge('weir_evaluation_inception_score', {
          title: 'Inception score',
          description: 'Higher is better; it says nothing of the distance to the data.',
          width: 12,
          unit: 'short',
        }),
        gauge('weir_evaluation_structural_similarity_ratio', {
          title: 'Likeness of pairs of samples',
          description: 'MS-SSIM between samples. Higher than that of the data: too little variety.',
          width: 12,
          unit: 'percentunit',
        }),
      ],
    },
    {
      title: 'Classes, codes and autoencoders',
      collapsed: true,
      panels: [
        gauge('weir_gan_class_loss', {
          title: 'Loss of the classes',
          description: 'Loss of the auxiliary classifier.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_class_accuracy_ratio', {
          title: 'Accuracy of the classes',
          description: 'Share that the auxiliary classifier gets right.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          max: 1,
        }),
        gauge('weir_gan_mutual_information_nats', {
          title: 'Mutual information of code and sample',
          description:
            'Lower bound, at most the entropy of the code. Near zero: the generator ignores its code.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_reconstruction_loss', {
          title: 'Reconstruction',
          description: 'Loss of reconstruction of an encoder and decoder.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_kl_nats', {
          title: 'KL divergence of the code',
          description: 'From its prior. Zero: the posterior has collapsed, the code says nothing.',
          width: 6,
          unit: 'short',
        }),
      ],
    },
    {
      title: 'Growing networks and phases',
      collapsed: true,
      panels: [
        gauge('weir_phase', {
          title: 'Phase',
          description: '1 for the present phase, of runs that have several.',
          width: 6,
          unit: 'short',
          legend: '{{phase}}',
          min: 0,
          max: 1,
        }),
        gauge('weir_phase_step', {
          title: 'Steps in the phase',
          description: 'Done in the present phase.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_phase_steps', {
          title: 'Steps of the phase',
          description: 'Of the present phase, where it has a number.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_side_pixels', {
          title: 'Side of the pictures',
          description: 'That are trained at present, in progressive growing.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_fade_in_ratio', {
          title: 'Fade-in',
          description: 'How far a new side is faded in, in progressive growing.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          max: 1,
        }),
      ],
    },
    {
      title: 'Regularisers',
      collapsed: true,
      panels: [
        gauge('weir_gan_clipped_weights_ratio', {
          title: 'Weights at the bound of clipping',
          description:
            'Share of the weights of a clipped critic at the bound. Near one: the critic has become a sign function.',
          width: 6,
          unit: 'percentunit',
          min: 0,
          max: 1,
        }),
        gauge('weir_gan_spectral_norm', {
          title: 'Spectral norm',
          description: 'Largest singular value of a normalised layer. It should stay at one.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_attention_gamma', {
          title: 'Attention gamma',
          description:
            'Weight of the self-attention branch. It begins at zero and moves when attention is of use.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_feature_distance', {
          title: 'Distance of features',
          description: 'Of real and generated samples, in feature matching.',
          width: 6,
          unit: 'short',
        }),
        gauge('weir_gan_historical_distance', {
          title: 'Distance from the historical mean',
          description: 'Of the weights, in historical averaging. It should fall as the game settles.',
          width: 6,
          unit: 'short',
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
