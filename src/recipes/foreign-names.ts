import { given, show, unknownName } from '../base/index.ts';

/**
 * What options are called in PyTorch and its examples, Stable-Baselines3, CleanRL, Keras and
 * Lightning, and their names here, best first. Capitals, `-` and `_` make no difference. Names that
 * belong together stand in one text; one with `--` is an option of the run, not of the recipe.
 */
const foreignNames: readonly (readonly [theirs: string, ours: readonly string[], note?: string])[] = [
  ['lr learning_rate step_size', ['rate', 'critic-rate generator-rate', 'alpha']],
  ['lr_d d_lr lr_disc discriminator_lr critic_lr', ['critic-rate']],
  ['lr_g g_lr lr_gen generator_lr actor_lr', ['generator-rate', 'rate']],
  ['lr_decay lr_schedule lr_scheduler anneal_lr decay_steps', ['anneal-steps', 'decay-from decay-to']],
  ['betas adam_betas', ['beta1 beta2']],
  ['b1 adam_beta1 momentum', ['beta1']],
  ['b2 adam_beta2', ['beta2']],
  ['clip_grad_norm grad_clip gradient_clip gradient_clip_val max_norm', ['max-grad-norm']],
  ['ema ema_decay ema_beta', ['average']],
  ['ema_rampup ema_warmup use_ema_warmup', ['average-warm-up']],

  ['n_critic critic_iters n_dis d_steps disc_steps num_critic d_iters', ['critic-steps']],
  ['lambda_gp gp_lambda gp_weight gp_coef gradient_penalty gradient_penalty_weight r1_gamma', ['penalty']],
  ['gamma discount discount_factor', ['gamma', 'penalty', 'likeness', 'decay-from decay-to']],
  ['d_reg_every d_reg_interval d_reg_ratio r1_interval r1_every lazy_reg', ['penalty-every']],
  ['diffaug diffaugment diff_augment aug augpipe policy', ['augment']],
  ['gan_mode gan_loss loss_type adversarial_loss', ['loss']],
  ['lambda lambd', ['lambda', 'penalty', 'cycle', 'distance', 'information']],
  ['clip_value weight_clip weight_clipping clip_weights', ['clip']],
  ['lambda_l1 l1_weight lambda_pixel', ['distance']],
  ['lambda_cycle lambda_a cycle_weight', ['cycle']],
  ['lambda_identity lambda_id', ['identity']],
  ['pool_size image_pool', ['history']],
  ['label_smoothing', ['smoothing']],
  ['z_dim latent_dim latent_size nz noise_dim dim_z code_dim n_z', ['latent']],
  ['ngf ndf nf base_channels n_filters num_filters channels', ['filters']],
  ['hidden_size hidden_dim hidden_units n_hidden num_units', ['width', 'filters']],
  ['num_layers n_layers hidden_layers num_hidden_layers', ['depth', 'blocks']],
  ['net_arch hidden_sizes', ['width depth']],
  ['n_classes num_classes', ['categories']],
  ['n_residual_blocks num_blocks n_blocks', ['blocks']],

  ['batch_size bs train_batch_size', ['minibatch', '--batch']],
  ['minibatch_size mini_batch_size num_minibatches', ['minibatch', '--batch']],
  ['total_timesteps total_steps max_steps train_steps num_iterations iterations n_iter niter', ['--steps']],
  ['n_steps num_steps', ['rollout-steps', '--steps']],
  ['epochs num_epochs n_epochs max_epochs update_epochs', ['epochs', '--steps']],
  ['n_envs num_workers num_environments', ['num-envs']],
  ['rollout_length horizon unroll_length', ['rollout-steps', 'longest']],
  ['gae_lambda lam', ['lambda']],
  ['clip_range clip_coef clip_epsilon eps_clip clip_param', ['clip']],
  ['entropy_coef ent_weight entropy_weight beta_entropy', ['ent-coef', 'temperature']],
  ['ent_coef init_temperature initial_temperature', ['temperature']],
  ['autotune auto_entropy_tuning', ['learn-temperature']],
  ['target_policy_noise policy_noise', ['target-noise']],
  ['target_noise_clip', ['noise-clip']],
  ['exploration_noise action_noise noise_std', ['noise']],
  ['policy_frequency policy_freq actor_update_interval', ['policy-delay']],
  ['multi_step nstep n_step_returns', ['n-step']],
  ['value_coef vf_weight value_loss_coef', ['vf-coef']],
  ['max_episode_steps max_episode_length', ['longest']],
  ['buffer_size replay_size replay_buffer_size memory_size', ['capacity']],
  ['learning_starts start_steps warmup_steps replay_start_size', ['warmup']],
  ['train_freq train_frequency', ['rollout-steps']],
  ['gradient_steps updates_per_step', ['updates']],
  ['target_update_interval target_network_frequency target_update target_update_freq', ['target-period']],
  ['tau soft_tau', ['target-decay'], 'which is 1 - tau'],
  ['polyak', ['target-decay']],
  ['exploration_fraction', ['epsilon-over', 'anneal-steps'], 'in steps'],
  ['eps_decay epsilon_decay exploration_steps', ['epsilon-over', 'anneal-steps']],
  ['exploration_initial_eps start_e eps_start epsilon_start', ['epsilon']],
  ['exploration_final_eps end_e eps_end epsilon_end epsilon_min', ['epsilon-end']],
  ['prioritized_replay prioritized per', ['prioritised']],
  ['prioritized_replay_alpha per_alpha', ['alpha']],
  ['prioritized_replay_beta0 per_beta', ['beta']],
  ['double_dqn double_q', ['double']],
  ['n_episodes num_episodes total_episodes', ['episodes', '--steps']],

  ['random_seed manual_seed random_state', ['--seed']],
  ['dataset data_path data_dir dataroot data_root env env_id env_name', ['--data']],
  ['device accelerator backend', ['--engine']],
  ['output_dir out_dir log_dir save_dir logdir exp_name', ['--out']],
  ['save_freq save_interval save_steps save_every checkpoint_interval', ['--checkpoint-every']],
  ['log_freq log_interval logging_steps log_every_n_steps', ['--log-every']],
  ['eval_freq eval_interval eval_steps eval_every', ['--evaluate-every']],
  ['n_eval_episodes eval_episodes num_eval_episodes', ['--episodes']],
  ['num_workers', ['--decode-workers']],
  ['patience early_stopping early_stopping_patience', ['--stop-after']],
];

const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '');

const oursByTheirs = new Map(
  foreignNames.flatMap(([theirs, ours, note]) =>
    theirs.split(' ').map((name) => [plain(name), { ours, note }] as const),
  ),
);

/** The options of a run that are no hyper-parameters, by the name that scripts and files have. */
const runOptions: Readonly<Record<string, string>> = {
  '--batch': 'batch',
  '--steps': 'steps',
  '--seed': 'seed',
  '--data': 'data',
  '--engine': 'engine',
  '--out': 'out',
  '--checkpoint-every': 'checkpointEvery',
  '--log-every': 'logEvery',
  '--decode-workers': 'decodeWorkers',
  '--evaluate-every': 'evaluation.every',
  '--episodes': 'evaluation.episodes',
  '--stop-after': 'evaluation.stopAfter',
};

/** What an option of another library is called here. */
export interface Ours {
  /** Names that are taken where it was given; none where it is an option of the run. */
  readonly names: readonly string[];
  /** How a value differs. */
  readonly note?: string;
  /** The option of the run: its flag, and its name in scripts and files. */
  readonly run?: { readonly flag: string; readonly name: string };
}

/**
 * The message for an unknown option: the known names, and what another library's option is called
 * here, else the most similar name.
 * @param known the names that are taken there
 * @param ofRun says where an option of the run is given instead
 */
export function unknownOption(
  what: string,
  name: string,
  known: readonly string[],
  ofRun = ({ flag }: NonNullable<Ours['run']>) => `${flag}, an option of the run`,
): string {
  const ours = oursOf(name, known);
  if (ours === undefined) return unknownName(what, name, known);
  const here = ours.run === undefined ? named(ours) : ofRun(ours.run);
  return `${what}: expected one of ${known.join(', ')}, got ${show(name)}; here it is ${here}`;
}

/** The names, and how a value differs. */
function named({ names, note }: Ours): string {
  return [names.join(' and '), note].filter(Boolean).join(', ');
}

/** Undefined for a name that no library has, and for one without a counterpart. */
export function oursOf(name: string, known: readonly string[]): Ours | undefined {
  const same = known.find((own) => plain(own) === plain(name));
  if (same !== undefined) return { names: [same] };
  const { ours: groups = [], note } = oursByTheirs.get(plain(name)) ?? {};
  for (const group of groups) {
    const run = runOptions[group];
    if (run !== undefined)
      return known.includes(run) ? { names: [run] } : { names: [], run: { flag: group, name: run } };
    const names = group.split(' ').filter((ours) => known.includes(ours));
    if (names.length > 0) return { names, ...given({ note }) };
  }
  return undefined;
}
