import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { scratchFolder, weir, weirProcess } from '../../support/weir.ts';

const root = scratchFolder();
const small = `# a small run
recipe: wgan-gp
data: ring8
engine: cpu
seed: 7 # lucky
steps: 12
batch: 8
checkpointEvery: 4
logEvery: 1
options:
  width: 4 # narrow
  depth: 1
evaluation:
  every: 6
  scores: [modes]
  samples: 20
onAlert:
  NonFiniteValues: rollback
serve: false
`;

function written(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

/** The hash of the newest checkpoint of a run. */
function hashOf(run: string): string {
  const folder = join(run, 'checkpoints');
  const newest = readdirSync(folder).sort().at(-1)!;
  expect(newest).toContain('12');
  return createHash('sha256')
    .update(readFileSync(join(folder, newest)))
    .digest('hex');
}

const configOf = (run: string) => parseYaml(readFileSync(join(run, 'config.yaml'), 'utf8'));

describe('weir train --config', () => {
  const file = written('small.yaml', small);
  const first = join(root, 'first');

  it('starts the run of a file, and keeps its comments in the run', async () => {
    const { code, stderr } = await weir('train', '--config', file, '--out', first, '--quiet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = readFileSync(join(first, 'config.yaml'), 'utf8');
    expect(text).toMatch(/^# a small run\nrecipe: wgan-gp\n/);
    expect(text).toContain('seed: 7 # lucky\n');
    expect(text).toContain('  width: 4 # narrow\n');
    const { serve, ...config } = parseYaml(small);
    expect(configOf(first)).toMatchObject(config);
    expect(configOf(first)).toMatchObject({ weir: expect.any(String), options: { penalty: 0.1 } });
    expect(configOf(first)).not.toHaveProperty('serve');
  });

  it('repeats a run by its own file to the bit, in another process', async () => {
    const again = join(root, 'again');
    const config = join(first, 'config.yaml');
    const repeat = weirProcess('train', '--config', config, '--out', again, '--no-serve');
    expect(await repeat.finished).toMatchObject({ code: 0 });
    expect(hashOf(again)).toBe(hashOf(first));
    expect(configOf(again)).toEqual(configOf(first));
    const plain = join(root, 'plain');
    const other = [
      '--engine',
      'cpu',
      '--seed',
      '8',
      '--steps',
      '12',
      '--batch',
      '8',
      '--checkpoint-every',
      '4',
    ];
    const options = ['--set', 'width=4', '--set', 'depth=1', '--no-serve', '--quiet', '--out', plain];
    await weir('train', 'wgan-gp', '--data', 'ring8', ...other, ...options);
    expect(hashOf(plain)).not.toBe(hashOf(first));
  });

  it('resumes such a run after a kill, and comes to the same bytes', async () => {
    const killed = join(root, 'killed');
    const long = written('long.yaml', small.replace('steps: 12', 'steps: 200000'));
    const run = weirProcess('train', '--config', long, '--out', killed, '--quiet');
    const stored = () =>
      existsSync(join(killed, 'checkpoints')) && readdirSync(join(killed, 'checkpoints')).length > 1;
    await run.until(stored);
    run.child.kill('SIGKILL');
    await run.finished;
    const text = readFileSync(join(killed, 'config.yaml'), 'utf8').replace('steps: 200000', 'steps: 12');
    expect(text).toContain('seed: 7 # lucky');
    // Begins again from the first checkpoint, which is that of step 0.
    const folder = join(killed, 'checkpoints');
    const names = readdirSync(folder).sort();
    expect(names[0]).toContain('0000000000');
    for (const name of names.slice(1)) rmSync(join(folder, name));
    writeFileSync(join(killed, 'config.yaml'), `${text}# noted by hand\n`);
    const resumed = await weir('resume', killed, '--no-serve', '--quiet');
    expect({ code: resumed.code, stderr: resumed.stderr }).toMatchObject({ code: 0 });
    expect(hashOf(killed)).toBe(hashOf(first));
    expect(readFileSync(join(killed, 'config.yaml'), 'utf8')).toContain('# noted by hand');
  });

  it('lets options of the command line override the file, value by value', async () => {
    const out = join(root, 'changed');
    const options = ['--seed', '9', '--steps', '6', '--set', 'depth=2', '--evaluate-every', '3'];
    const alerts = ['--on-alert', 'ModeCollapse=stop', '--on-alert', 'NonFiniteValues=stop'];
    const { code } = await weir(
      'train',
      'wgan-gp',
      '--config',
      file,
      '--out',
      out,
      ...options,
      ...alerts,
      '--quiet',
    );
    expect(code).toBe(0);
    expect(configOf(out)).toMatchObject({
      seed: 9,
      steps: 6,
      batch: 8,
      options: { width: 4, depth: 2 },
      evaluation: { every: 3, scores: ['modes'], samples: 20 },
      onAlert: { ModeCollapse: 'stop', NonFiniteValues: 'stop' },
    });
    expect(readFileSync(join(out, 'config.yaml'), 'utf8')).toContain('seed: 9 # lucky\n');
  });

  it('takes JSON with the same keys, and writes the run where the file says', async () => {
    const out = join(root, 'from-json');
    const json = written('small.json', JSON.stringify({ ...parseYaml(small), steps: 3, out }, null, '\t'));
    expect(await weir('train', '--config', json, '--quiet')).toMatchObject({ code: 0 });
    expect(configOf(out)).toMatchObject({ recipe: 'wgan-gp', steps: 3 });
  });

  it('warns of a file of another version', async () => {
    const out = join(root, 'older');
    const older = written('older.yaml', `weir: 0.0.9\n${small.replace('steps: 12', 'steps: 1')}`);
    const { code, stderr } = await weir('train', '--config', older, '--out', out);
    expect(code).toBe(0);
    expect(stderr).toContain('weir: the configuration was written by version 0.0.9; a run of ');
    expect(configOf(out).weir).not.toBe('0.0.9');
  });
});

describe('weir train --config refuses, with file, line and column,', () => {
  const refused = async (text: string | Uint8Array, ...args: string[]) => {
    const path = join(root, 'bad.yaml');
    writeFileSync(path, text);
    const out = join(root, 'refused');
    const { code, stdout, stderr } = await weir('train', '--config', path, '--out', out, ...args);
    expect({ code, stdout, made: existsSync(out) }).toEqual({ code: 1, stdout: '', made: false });
    return stderr.replace(`weir: ${path}:`, '');
  };
  const changed = (from: string, to: string) => {
    expect(small).toContain(from);
    return small.replace(from, to);
  };

  it.each([
    [
      'a typo at the top',
      changed('steps:', 'step:'),
      '6:1: key: expected one of ',
      '"step"; did you mean steps?',
    ],
    ['a typo in a recipe', changed('wgan-gp', 'wgan-pg'), '2:9: recipe: ', 'did you mean wgan-gp?'],
    ['a typo in the data', changed('ring8', 'rng8'), '3:7: data: ', ''],
    ['a typo in an engine', changed('engine: cpu', 'engine: cpuu'), '4:9: engine: ', 'did you mean cpu?'],
    ['a typo in a hyper-parameter', changed('width', 'widht'), '11:3: options: ', 'did you mean width?'],
    ['a typo in the evaluation', changed('every', 'evry'), '14:3: evaluation: ', 'did you mean every?'],
    [
      'a typo in a score',
      changed('[modes]', '[fid, mods]'),
      '15:17: evaluation.scores: ',
      'did you mean modes?',
    ],
    [
      'a typo in an alert',
      changed('NonFinite', 'NonFinit'),
      '18:3: onAlert: ',
      'did you mean NonFiniteValues?',
    ],
    ['a typo in a policy', changed('rollback', 'rolback'), '18:20: onAlert.NonFiniteValues: ', 'rollback?'],
    [
      'text for a number',
      changed('steps: 12', 'steps: twelve'),
      '6:8: steps: ',
      'a whole number from 1, got "twelve"',
    ],
    [
      'a number in quotes',
      changed('width: 4', 'width: "4"'),
      '11:10: options.width: ',
      'from 1 to 8192, got "4"',
    ],
    ['a value out of range', changed('batch: 8', 'batch: 0'), '7:8: batch: ', 'from 1 to 65536, got 0'],
    ['no number', changed('seed: 7', 'seed: .nan'), '5:7: seed: ', 'got NaN'],
    ['no value', changed('steps: 12', 'steps:'), '6:7: steps: ', 'got null'],
    [
      'a list for a mapping',
      changed('options:\n  width: 4 # narrow\n  depth: 1', 'options: [1]'),
      '10:10: options: ',
      'a mapping of options, got [1]',
    ],
    ['a key twice', `${small}seed: 8\n`, '20:1: ', 'expected each key once, got seed again'],
    ['a tab', changed('  width', '\twidth'), '11:1: ', 'expected spaces before a key, got a tab'],
    ['an anchor', changed('seed: 7', 'seed: &s 7'), '5:10: ', 'without an anchor, got &s'],
    ['two documents', `${small}---\n${small}`, '20:1: ', 'expected one document'],
    ['an empty file', '', '1:1: ', 'got an empty file'],
    ['a list', '- 1\n', '1:1: the config: ', 'a mapping of options, got [1]'],
    [
      'the name of another library',
      changed('width', 'learning_rate'),
      '11:3: options: ',
      'here it is critic-rate and generator-rate',
    ],
    ['such a name at the top', changed('batch: 8', 'batch_size: 8'), '7:1: key: ', 'here it is batch'],
    [
      'a hyper-parameter at the top',
      changed('batch: 8', 'critic-rate: 1'),
      '7:1: key: ',
      'here it is options.critic-rate',
    ],
    [
      'a name of the run among them',
      changed('depth', 'batch-size'),
      '12:3: options: ',
      'here it is batch, outside of options',
    ],
    [
      'a key of the run among them',
      changed('depth', 'engine'),
      '12:3: options: ',
      'here it is engine, outside of options',
    ],
    [
      'what the run refuses later',
      changed('depth: 1', 'decay-to: 4\n  decay-from: 9'),
      '12:13: options.decay-to: ',
      'got 4',
    ],
    [
      'the config of a script',
      `script: own.ts\n${small}`,
      '',
      'that of a run that the script own.ts has recorded',
    ],
    ['an evaluation without its steps', changed('  every: 6\n', ''), '', '--evaluate-every'],
    ['a port out of range', `${small}port: 70000\n`, '20:7: port: ', 'from 0 to 65535, got 70000'],
  ])('%s', async (_, text, place, message) => {
    const said = await refused(text);
    expect(said.startsWith(place), said).toBe(true);
    expect(said).toContain(message);
  });

  it('names the option of the command line where that one is wrong', async () => {
    expect(await refused(small, '--batch', '0')).toContain('--batch: expected a whole number from 1');
    expect(await refused(small, '--set', 'width=0')).toMatch(/^weir: --set width: expected/m);
    expect(await refused(small, '--set', 'lr=1')).toContain('here it is critic-rate and generator-rate');
  });

  it('handles a byte order mark, CR LF, and what is no file', async () => {
    const out = join(root, 'windows');
    const windows = written('windows.yaml', `\ufeff${small.replaceAll('\n', '\r\n')}`);
    expect(await weir('train', '--config', windows, '--steps', '1', '--out', out, '--quiet')).toMatchObject({
      code: 0,
    });
    expect(await refused(`\ufeff${changed('width', 'widht').replaceAll('\n', '\r\n')}`)).toMatch(/^11:3: /);
    mkdirSync(join(root, 'folder.yaml'));
    for (const [path, rule] of [
      [join(root, 'folder.yaml'), 'expected a YAML or JSON file, got a directory'],
      [join(root, 'none.yaml'), 'expected a YAML or JSON file that can be read, got ENOENT'],
      [written('large.yaml', '#'.repeat(200_000)), 'expected at most 131072 bytes, got more'],
    ] as const)
      expect(await weir('train', '--config', path)).toMatchObject({
        code: 1,
        stderr: `weir: ${path}: ${rule}\n`,
      });
  });

  it('a run directory that the file names, and that is taken', async () => {
    const path = written('taken.yaml', `${small}out: ${join(root, 'first')}\n`);
    const { code, stderr } = await weir('train', '--config', path);
    expect(code).toBe(1);
    expect(stderr).toContain(`weir: ${path}:20:6: out: expected a new or empty directory, got `);
  });

  it('another recipe than that of the command, and none at all', async () => {
    const path = written('named.yaml', small);
    expect((await weir('train', 'lsgan', '--config', path)).stderr).toBe(
      `weir: ${path}:2:9: recipe: expected lsgan, as the command says, or none, got wgan-gp\n`,
    );
    const nameless = written('nameless.yaml', 'steps: 3\n');
    expect((await weir('train', '--config', nameless)).stderr).toContain(
      '<recipe>: expected the name of a recipe',
    );
    expect((await weir('train')).stderr).toContain(
      '<recipe>: expected the name of a recipe or --config, got',
    );
    const out = join(root, 'named');
    const args = ['--config', nameless, '--out', out, '--set', 'width=4', '--no-serve', '--quiet'];
    expect(await weir('train', 'gan', ...args)).toMatchObject({ code: 0 });
  });
});
