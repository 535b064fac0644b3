import type { Command } from 'commander';
import { numeric } from './numbers.ts';

/** Adds the options of a run that is evaluated while it goes on. */
export function evaluationOptions(command: Command): Command {
  return command
    .option('--evaluate-every <n>', 'steps between evaluations (default: none)', numeric('--evaluate-every'))
    .option(
      '--evaluate-async',
      'evaluate beside the training, on a copy of the weights and another thread (GANs)',
    )
    .option('--features <file>', 'feature network for images, of weir features train')
    .option('--metrics <names>', 'scores, with commas between (default: all that the data allows)')
    .option(
      '--samples <n>',
      'samples to score, and real examples beside (default: 2000)',
      numeric('--samples'),
    )
    .option('--episodes <n>', 'greedy episodes of an agent (default: 100)', numeric('--episodes'))
    .option('--keep-best <score>', 'keep the checkpoint with the best score as checkpoints/best.safetensors')
    .option(
      '--stop-after <n>',
      'stop after so many evaluations without a better --keep-best',
      numeric('--stop-after'),
    );
}
