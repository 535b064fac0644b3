import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
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
    expect(stdout).toMatch(/^turns +8 +8$/m);
    expect(stdout).toMatch(/^fid +[\d.]+/m);
    const { stdout: page } = await weir('compare', a, b, '--format', 'markdown', '--values', 'fid');
    expect(page).toMatch(/^\| run \| recipe \|.*\| fid \|\n\|---\|/);
    const { stdout: json } = await weir('compare', a, b, '--format', 'json');
    expect(JSON.parse(json)[1]).toMatchObject({
      run: 'b',
      turns: 8,
      values: { fid: { last: expect.any(Number) } },
    });
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
