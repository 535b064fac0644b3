import { describe, expect, it } from 'vitest';
import { findRecipe, oursOf, recipes, resolveOptions, unknownOption } from '../../src/recipes/index.ts';

const refused = (recipe: string, name: string) => {
  const { options } = findRecipe(recipe);
  try {
    resolveOptions(options, {}, new Map([[name, '1']]));
  } catch (error) {
    return String((error as Error).message);
  }
  return 'taken';
};

describe('a hyper-parameter by the name of another library', () => {
  it.each([
    ['wgan-gp', 'lr', 'critic-rate and generator-rate'],
    ['wgan-gp', 'learning_rate', 'critic-rate and generator-rate'],
    ['cart-pole-ppo', 'learning_rate', 'rate'],
    ['taxi-q', 'lr', 'alpha'],
    ['wgan-gp', 'batch_size', '--batch, an option of the run'],
    ['cart-pole-dqn', 'batch_size', 'minibatch'],
    ['wgan-gp', 'n_critic', 'critic-steps'],
    ['wgan-gp', 'critic_steps', 'critic-steps'],
    ['wgan-gp', 'gamma', 'penalty'],
    ['vae-gan', 'gamma', 'likeness'],
    ['gan', 'gamma', 'penalty'],
    ['lapgan', 'gamma', 'decay-from and decay-to'],
    ['gan', 'd_reg_interval', 'penalty-every'],
    ['gan', 'diffaugment', 'augment'],
    ['dcgan', 'gan_mode', 'loss'],
    ['pix2pix', 'ema_rampup', 'average-warm-up'],
    ['wgan-gp', 'lambda', 'penalty'],
    ['gan', 'betas', 'beta1 and beta2'],
    ['gan', 'b1', 'beta1'],
    ['gan', 'z_dim', 'latent'],
    ['gan', 'latentDim', 'latent'],
    ['gan', 'nz', 'latent'],
    ['dcgan', 'ngf', 'filters'],
    ['gan', 'epochs', '--steps, an option of the run'],
    ['gan', 'seed', undefined],
    ['gan', 'random_seed', '--seed, an option of the run'],
    ['cart-pole-ppo', 'n_epochs', 'epochs'],
    ['cart-pole-ppo', 'num_steps', 'rollout-steps'],
    ['cart-pole-ppo', 'n_steps', 'rollout-steps'],
    ['cart-pole-ppo', 'total_timesteps', '--steps, an option of the run'],
    ['cart-pole-ppo', 'gae_lambda', 'lambda'],
    ['cart-pole-ppo', 'clip_range', 'clip'],
    ['cart-pole-ppo', 'clip-coef', 'clip'],
    ['cart-pole-ppo', 'ent_coef', 'ent-coef'],
    ['cart-pole-ppo', 'vf_coef', 'vf-coef'],
    ['cart-pole-ppo', 'max_grad_norm', 'max-grad-norm'],
    ['cart-pole-ppo', 'n_envs', 'num-envs'],
    ['cart-pole-dqn', 'buffer_size', 'capacity'],
    ['cart-pole-dqn', 'exploration_fraction', 'epsilon-over, in steps'],
    ['cart-pole-dqn', 'tau', 'target-decay, which is 1 - tau'],
    ['cart-pole-dqn', 'target_update_interval', 'target-period'],
    ['cart-pole-dqn', 'learning_starts', 'warmup'],
    ['cycle-gan', 'pool_size', 'history'],
    ['pix2pix', 'lambda_L1', 'distance'],
    ['wgan', 'clip_value', 'clip'],
  ])('%s is told of %s: %s', (recipe, name, ours) => {
    const message = refused(recipe, name);
    expect(message).toMatch(/^set: expected one of /);
    if (ours === undefined) expect(message).not.toContain('; here it is');
    else expect(message).toMatch(new RegExp(`, got "${name}"; here it is ${ours}$`));
  });

  it('is still told the nearest name where no library has it', () => {
    expect(refused('wgan-gp', 'critic-rat')).toContain('; did you mean critic-rate?');
    expect(refused('wgan-gp', 'zzz')).toMatch(/got "zzz"$/);
  });

  it('takes a name for what it is where the recipe has it', () => {
    for (const recipe of recipes)
      for (const name of Object.keys(recipe.options))
        expect(oursOf(name, Object.keys(recipe.options)), name).toEqual({ names: [name] });
  });
});

it('an option of the run is named as it is where it was given', () => {
  const known = ['steps', 'batch', 'seed'];
  expect(unknownOption('record', 'batch_size', known)).toMatch(/; here it is batch$/);
  expect(unknownOption('record', 'save_freq', known, ({ name }) => name)).toMatch(
    /; here it is checkpointEvery$/,
  );
});
