import { Command } from 'commander';
import type { Console } from './console.ts';
import { configCommand, trainCommand } from './declare-training.ts';
import { numeric } from './numbers.ts';
import {
  addressOptions,
  alertingOptions,
  checkpointOptions,
  scoreOptions,
  servingOptions,
} from './run-options.ts';
import { cardCommand, sampleCommand } from './sample-commands.ts';

/**
 * The commands with their arguments and options. What a command does is imported when it is called,
 * so that help and a refused option load no engine.
 */
export function declareCommands(console: Console): readonly Command[] {
  const train = trainCommand(console);
  return [
    train,
    configCommand(console, train),
    resumeCommand(console),
    serveCommand(console),
    sampleCommand(console),
    exportCommand(console),
    cardCommand(console),
    listCommand(console),
    doctorCommand(console),
    dataCommand(console),
    featuresCommand(console),
    evaluateCommand(console),
    compareCommand(console),
    renderCommand(console),
  ];
}

function resumeCommand(console: Console): Command {
  const command = new Command('resume')
    .summary('go on with a run from its newest checkpoint')
    .argument('<run-dir>', 'directory of the run')
    .option(
      '--steps <n>',
      'steps since the beginning after which the run ends (default: as configured)',
      numeric('--steps'),
    )
    .option('--data <name>', 'the same data, where it has moved')
    .option('--engine <name>', 'engine (default: the engine of the run)')
    .option('--features <file>', 'the same feature network, where it has moved')
    .option(
      '--decode-workers <n>',
      'threads that read and decode the data ahead (default: as configured)',
      numeric('--decode-workers'),
    )
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'print nothing but warnings and errors');
  return alertingOptions(servingOptions(command)).action(async (path, options) =>
    (await import('./commands/resume.ts')).resumeFrom(console, path, options),
  );
}

function serveCommand(console: Console): Command {
  const command = new Command('serve')
    .summary('show runs in a browser, finished or running')
    .argument('<dir>', 'a run directory, or a folder of them');
  return addressOptions(command).action(async (path, options) =>
    (await import('./commands/serve.ts')).serveRuns(console, path, options),
  );
}

function exportCommand(console: Console): Command {
  const command = new Command('export')
    .summary('write a run as files that work without Weir: ONNX, safetensors, a web page')
    .argument('<run-dir>', 'directory of the run')
    .option('--onnx <file>', 'an ONNX file with the weights inside, for a batch of any size')
    .option('--safetensors <file>', 'the weights with plain names, those of --what or of all networks')
    .option('--web <dir>', 'a page that samples or acts in a browser, by file or from any static host')
    .option(
      '--what <name>',
      'generator, critic, encoder, policy, q or the name of a network (default: what the run trains for)',
    )
    .option('--data <name>', 'the same data, where it has moved');
  return checkpointOptions(command)
    .option('--json', 'print what was written as JSON')
    .action(async (path, options) =>
      (await import('./commands/export.ts')).exportRun(console, path, options),
    );
}

function listCommand(console: Console): Command {
  return new Command('list')
    .summary('list the recipes, or the hyper-parameters of one')
    .argument('[recipe]', 'name of a recipe')
    .option('--json', 'print recipes, options and presets as JSON')
    .action(async (name, options) =>
      (await import('./commands/list.ts')).listRecipes(console, name, options),
    );
}

function doctorCommand(console: Console): Command {
  return new Command('doctor')
    .summary('show which engines work on this machine')
    .option('--json', 'print the findings as JSON')
    .action(async (options) => (await import('./commands/doctor.ts')).doctor(console, options));
}

function dataCommand(console: Console): Command {
  const list = new Command('list')
    .summary('list the datasets that --data takes')
    .option('--json', 'print them as JSON')
    .action(async (options) => (await import('./commands/data.ts')).listDatasets(console, options));
  const fetch = new Command('fetch')
    .summary('download a public dataset, check it and unpack it')
    .argument('<name>', 'mnist, fashion-mnist or cifar10')
    .option('--folder <dir>', 'where datasets are kept (default: $WEIR_DATA, else ~/.cache/weir)')
    .option('--mirror <url>', 'take the files from this address or folder, not from the public mirrors')
    .option('--quiet', 'print nothing but errors')
    .action(async (name, options) => (await import('./commands/data.ts')).fetchNamed(console, name, options));
  const show = new Command('show')
    .summary('open a dataset and show what is in it and what is left out')
    .argument('<data>', 'what --data takes')
    .option('--json', 'print it as JSON')
    .action(async (name, options) =>
      (await import('./commands/data.ts')).showDataset(console, name, options),
    );
  return new Command('data')
    .summary('list, show or download datasets')
    .addCommand(list)
    .addCommand(show)
    .addCommand(fetch);
}

function featuresCommand(console: Console): Command {
  const train = new Command('train')
    .summary('train a small feature network on a dataset')
    .requiredOption('--data <name>', 'dataset of images, see weir data list')
    .option('--out <file>', 'where to keep it (default: features/<dataset>.safetensors)')
    .option(
      '--labels <kind>',
      'classes, or rotations where there are none (default: classes where it has some)',
    )
    .option('--epochs <n>', 'passes over the images (default: 6)', numeric('--epochs'))
    .option('--images <n>', 'images to learn from (default: at most 10000)', numeric('--images'))
    .option('--seed <n>', 'seed of everything random', numeric('--seed'))
    .option('--engine <name>', 'auto, onnx, tensorflow, wasm or cpu', 'auto')
    .option('--json', 'print what was made as JSON')
    .option('--quiet', 'print nothing but errors')
    .action(async (options) => (await import('./commands/features.ts')).trainFeaturesTo(console, options));
  const show = new Command('show')
    .summary('show what a feature network is')
    .argument('<file>', 'file of weir features train')
    .option('--json', 'print it as JSON')
    .action(async (file, options) =>
      (await import('./commands/features.ts')).showFeatures(console, file, options),
    );
  return new Command('features')
    .summary('train the feature networks that scores of images need')
    .addCommand(train)
    .addCommand(show);
}

function evaluateCommand(console: Console): Command {
  const command = new Command('evaluate')
    .summary('score what a run can do')
    .argument('<run-dir>', 'directory of the run');
  scoreOptions(command)
    .option('--features <file>', 'feature network for images (default: that of the run)')
    .option('--memorisation', 'also test whether samples copy training data, by the test part of the dataset')
    .option('--transfer', 'also GAN-train and GAN-test of a class-conditional GAN')
    .option('--checkpoint <file>', 'score this checkpoint (default: the newest)')
    .option('--seed <n>', 'seed of the noise, or of the episodes', numeric('--seed'))
    .option('--data <name>', 'the same data, where it has moved');
  return checkpointOptions(command)
    .option('--json', 'print the scores as JSON')
    .option('--quiet', 'show no progress')
    .action(async (path, options) =>
      (await import('./commands/evaluate.ts')).evaluateRun(console, path, options),
    );
}

function compareCommand(console: Console): Command {
  return new Command('compare')
    .summary('compare the curves and scores of several runs')
    .argument('<run-dir...>', 'directories of runs')
    .option('--values <names>', 'such as fid,loss,critic/wasserstein (default: all scores, and losses)')
    .option('--format <name>', 'table, markdown or json', 'table')
    .option('--out <file>', 'write curves as .png, or curves and table as .html')
    .action(async (paths, options) =>
      (await import('./commands/compare.ts')).compareRuns(console, paths, options),
    );
}

function renderCommand(console: Console): Command {
  const command = new Command('render')
    .summary('draw a greedy episode of an agent as an animated GIF or a PNG strip')
    .argument('<run-dir>', 'directory of the run')
    .option('--episode <n>', 'number of the episode, from 0', numeric('--episode'))
    .option('--seed <n>', 'seed of the episodes', numeric('--seed'))
    .option('--width <pixels>', 'width of a picture (default: 320)', numeric('--width'));
  return checkpointOptions(command)
    .option('--out <file>', 'file, .gif or .png (default: samples/episode-<step>.gif in the run directory)')
    .action(async (path, options) =>
      (await import('./commands/render.ts')).renderRun(console, path, options),
    );
}
