import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { scratchFolder, small, weir } from '../../support/weir.ts';

const root = scratchFolder();
const [a, b] = [join(root, 'a'), join(root, 'b')];

beforeAll(async () => {
  const scored = [
    '--evaluate-every',
    '4',
    '--samples',
    '30',
    '--metrics',
    'fid',
    '--no-serve',
    '--steps',
    '8',
  ];
  await weir('train', 'wgan-gp', ...small, ...scored, '--out', a);
  await weir('train', 'wgan-gp', ...small, ...scored, '--out', b, '--seed', '2');
});

describe('weir compare', () => {
  it('prints runs side by side as a table, as Markdown and as JSON', async () => {
    const { code, stdout } = await weir('compare', a, b);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^run +a +b\n/);
    expect(stdout).toMatch(/^steps +8 +8$/m);
    expect(stdout).toMatch(/^fid +[\d.]+/m);
    const { stdout: page } = await weir('compare', a, b, '--format', 'markdown', '--values', 'fid');
    expect(page).toMatch(/^\| run \| recipe \|.*\| fid \|\n\|---\|/);
    const { stdout: json } = await weir('compare', a, b, '--format', 'json');
    expect(JSON.parse(json)[1]).toMatchObject({
      run: 'b',
      steps: 8,
      values: { fid: { last: expect.any(Number) } },
    });
  });

  it('says where runs were scored on different numbers of samples, and compares them', async () => {
    expect((await weir('compare', a, b)).stdout).not.toContain('scored on');
    const fewer = join(root, 'fewer');
    cpSync(b, fewer, { recursive: true });
    const config = parseYaml(readFileSync(join(b, 'config.yaml'), 'utf8'));
    const evaluation = { ...config.evaluation, samples: 20 };
    writeFileSync(join(fewer, 'config.yaml'), JSON.stringify({ ...config, evaluation }));
    const { code, stdout } = await weir('compare', a, fewer);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^scored on +30 samples +20 samples$/m);
    expect(stdout).toMatch(/^fid +[\d.]+.* +[\d.]+/m);
    const { stdout: json } = await weir('compare', a, fewer, '--format', 'json');
    expect(JSON.parse(json).map(({ scoredOn }: { scoredOn: string }) => scoredOn)).toEqual([
      '30 samples',
      '20 samples',
    ]);
  });

  it('leaves out scores of other data, says so beside the run, and compares the rest', async () => {
    const other = join(root, 'other');
    cpSync(b, other, { recursive: true });
    const config = parseYaml(readFileSync(join(b, 'config.yaml'), 'utf8'));
    writeFileSync(join(other, 'config.yaml'), JSON.stringify({ ...config, data: 'ring8' }));
    const { code, stdout } = await weir('compare', a, other);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^scores left out +- +other data \(ring8\)$/m);
    expect(stdout).toMatch(/^fid +[\d.]+.* +-$/m);
    expect(stdout).toMatch(/^critic\/loss +-?[\d.]+ +-?[\d.]+$/m);
    const { stdout: json } = await weir('compare', a, other, '--format', 'json');
    expect(JSON.parse(json).map(({ scoresLeftOut }: { scoresLeftOut: unknown }) => scoresLeftOut)).toEqual([
      null,
      { what: 'data', got: 'ring8' },
    ]);
  });

  it('compares the losses of the run of a script', async () => {
    const scripted = join(root, 'scripted');
    cpSync(b, scripted, { recursive: true });
    const { batch: _, ...config } = parseYaml(readFileSync(join(b, 'config.yaml'), 'utf8'));
    const own = { ...config, recipe: 'mine', script: '/own.ts', evaluation: { every: 4 } };
    writeFileSync(join(scripted, 'config.yaml'), JSON.stringify(own));
    const { code, stdout } = await weir('compare', a, scripted);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^recipe +wgan-gp +mine$/m);
    expect(stdout).toMatch(/^scores left out +- +other scorer \(\/own.ts\)$/m);
    expect(stdout).toMatch(/^critic\/loss +-?[\d.]+ +-?[\d.]+$/m);
  });

  it.each([
    ['has no report', (path: string) => rmSync(path)],
    ['has half a report', (path: string) => writeFileSync(path, '{"ended":"fin')],
    ['has a report that is none', (path: string) => writeFileSync(path, 'null')],
  ])('tells of no ending where a run %s', async (_, change) => {
    const run = join(root, 'interrupted');
    cpSync(b, run, { recursive: true });
    change(join(run, 'report.json'));
    const { stdout } = await weir('compare', a, run, '--format', 'json');
    const ended = JSON.parse(stdout).map(({ ended }: { ended: unknown }) => ended);
    expect(ended).toEqual(['finished', null]);
    expect((await weir('compare', a, run)).stdout).toMatch(/^ended +finished +-$/m);
  });

  it('passes by lines that a crash has torn', async () => {
    const run = join(root, 'torn');
    cpSync(b, run, { recursive: true });
    for (const name of ['log.jsonl', 'events.jsonl'])
      appendFileSync(join(run, name), '{"index":8,"player":"evaluation","sec\n{"kind":"evaluation","ind');
    const { code, stdout } = await weir('compare', b, run);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fid +([\d.]+)(?: \(best .*\))? +\1/m);
  });

  it('draws curves as PNG, and as a page', async () => {
    const [png, html] = [join(root, 'new', 'c.png'), join(root, 'c.html')];
    expect(await weir('compare', a, b, '--out', png, '--values', 'fid,loss')).toMatchObject({ code: 0 });
    expect(PNG.sync.read(readFileSync(png)).width).toBe(880);
    expect((await weir('compare', a, b, '--out', html)).stderr).toContain('c.html');
    expect(readFileSync(html, 'utf8')).toContain('<svg');
  });

  it.each([
    [['--format', 'xml'], '--format: expected one of table, markdown, json, got "xml"'],
    [['--out', 'x.gif'], '--out: expected a file whose name ends in .png or .html, got "x.gif"'],
    [['--values', 'beauty'], '--values: expected one of'],
  ])('refuses %j', async (args, message) => {
    const refused = await weir('compare', a, b, ...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(message);
  });

  it('refuses what is no run', async () => {
    expect(await weir('compare', a, root)).toMatchObject({ code: 1 });
  });
});
