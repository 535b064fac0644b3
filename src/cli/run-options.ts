import type { Command } from 'commander';
import { numeric } from './numbers.ts';

/** Adds the options of what is scored. */
export function scoreOptions(command: Command): Command {
  return command
    .option('--metrics <names>', 'scores, with commas between (default: all that the data allows)')
    .option(
      '--samples <n>',
      'samples to score, and real examples beside (default: 2000)',
      numeric('--samples'),
    )
    .option('--episodes <n>', 'greedy episodes of an agent (default: 100)', numeric('--episodes'));
}

/** Adds the options of which state of a run is taken, and what it runs on. */
export function checkpointOptions(command: Command): Command {
  return command
    .option('--best', 'take the best checkpoint, which a run with --keep-best has')
    .option('--engine <name>', 'engine (default: the engine of the run)');
}

/** Adds the options of a run that is evaluated while it goes on. */
export function evaluationOptions(command: Command): Command {
  command
    .option('--evaluate-every <n>', 'steps between evaluations (default: none)', numeric('--evaluate-every'))
    .option(
      '--evaluate-async',
      'evaluate beside the training, on a copy of the weights and another thread (GANs)',
    )
    .option('--features <file>', 'feature network for images, of weir features train');
  return scoreOptions(command)
    .option('--keep-best <score>', 'keep the checkpoint with the best score as checkpoints/best.safetensors')
    .option(
      '--stop-after <n>',
      'stop after so many evaluations without a better --keep-best',
      numeric('--stop-after'),
    );
}

/** Adds the options of what alerts do. */
export function alertingOptions(command: Command): Command {
  return command
    .option(
      '--on-alert <rule=policy>',
      'what an alert does: warn (default), checkpoint, rollback or stop; may be repeated',
      (text: string, before: string[] = []) => [...before, text],
    )
    .option('--alert-webhook <url>', 'address to which every alert is posted as JSON');
}

/** Adds the options of where to serve. */
export function addressOptions(command: Command): Command {
  return command
    .option('--host <address>', 'address of the live page', '127.0.0.1')
    .option(
      '--port <n>',
      'port of the live page (default: 9464, or the next that is free)',
      numeric('--port'),
    )
    .option(
      '--allow-host <name>',
      'a further name by which the page may be called; may be repeated',
      (name: string, before: string[] = []) => [...before, name],
    );
}

/** Adds the options of a run that serves its page. */
export function servingOptions(command: Command): Command {
  return addressOptions(command)
    .option('--no-serve', 'no live page and no /metrics')
    .option('--control <file>', 'let the page control the run, with the token in this file');
}
