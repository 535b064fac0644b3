import { Command } from 'commander';
import type { Console } from './console.ts';
import { numeric } from './numbers.ts';
import { checkpointOptions } from './run-options.ts';

/** `weir sample`. */
export function sampleCommand(console: Console): Command {
  const command = new Command('sample')
    .summary('draw samples from a run: a picture, files, or an animation')
    .argument('<run-dir>', 'directory of the run')
    .option(
      '--format <name>',
      'grid (a picture), png (a folder of images), npy, csv or gif (default: by the ending of --out)',
    )
    .option(
      '--count <n>',
      'samples (default: 2500 points or 64 images; 1000 or 16 in a walk)',
      numeric('--count'),
    )
    .option('--seed <n>', 'seed of the noise (default: 0)', numeric('--seed'))
    .option('--first <n>', 'number of the first sample of the seed (default: 0)', numeric('--first'))
    .option(
      '--truncation <t>',
      'draw noise above this magnitude again: more typical, less varied samples',
      numeric('--truncation'),
    )
    .option('--latent <file>', 'noise in place of what the seed draws: .npy, .npz or .json, a row a sample')
    .option(
      '--interpolate <n>',
      'grid: n ways of n steps from one sample to another; gif, png: a closed walk by n samples',
      numeric('--interpolate'),
    )
    .option(
      '--frames <n>',
      'pictures of a walk from one sample to the next (default: 16)',
      numeric('--frames'),
    )
    .option('--caption <text>', 'what all samples are to show, of a run that learns from captions')
    .option('--class <name>', 'the class of all samples, by name or number, of a conditional run')
    .option('--source <file>', 'the picture to make samples from, of a run from images to images')
    .option('--data <name>', 'the same data, where it has moved');
  return checkpointOptions(command)
    .option(
      '--out <path>',
      'file, or folder for --format png (default: samples/sample-<step>.png in the run directory)',
    )
    .action(async (path, options) =>
      (await import('./commands/sample.ts')).sampleRun(console, path, options),
    );
}

/** `weir card`. */
export function cardCommand(console: Console): Command {
  const command = new Command('card')
    .summary('write a model card with model, weights and samples, ready to upload')
    .argument('<run-dir>', 'directory of the run')
    .option('--out <dir>', 'folder, new or empty (default: <run-dir>-card)')
    .option('--name <text>', 'name of the model (default: recipe and data)')
    .option('--license <id>', 'license, as the Hugging Face hub names it: apache-2.0 (default: unknown)')
    .option('--features <file>', 'feature network for images (default: that of the run)')
    .option('--samples <n>', 'samples to score (default: those of the run, or 2000)', numeric('--samples'))
    .option('--episodes <n>', 'greedy episodes of an agent (default: 100)', numeric('--episodes'))
    .option('--data <name>', 'the same data, where it has moved');
  return checkpointOptions(command).action(async (path, options) =>
    (await import('./commands/card.ts')).cardOfRun(console, path, options),
  );
}
