import { describe, expect, it } from 'vitest';
import { version } from '../../src/base/index.ts';
import { weir } from '../support/weir.ts';

describe('weir', () => {
  it('tells its commands and its version', async () => {
    const help = await weir('--help');
    expect(help.code).toBe(0);
    for (const command of ['train', 'resume', 'sample', 'list', 'doctor', 'data'])
      expect(help.stdout).toContain(`  ${command} `);
    expect(await weir('--version')).toMatchObject({ code: 0, stdout: `${version}\n` });
    expect((await weir('train', '--help')).stdout).toContain('--checkpoint-every <n>');
  });

  it.each([
    [['trian'], "unknown command 'trian'"],
    [['data', 'lst'], "unknown command 'lst'"],
    [['list', '--jsn'], "unknown option '--jsn'"],
    [['doctor', 'extra'], 'too many arguments'],
  ])('refuses %j with exit code 1 and shows the way', async (args, message) => {
    const { code, stderr, stdout } = await weir(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain('--help');
  });

  it('shows the hyper-parameters of the recipe that the help of train is asked for', async () => {
    const { code, stdout } = await weir('train', 'wgan-gp', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--checkpoint-every <n>');
    expect(stdout).toMatch(/^critic-steps +1 +2 +updates +from 1 to 1000 +critic updates/m);
    expect((await weir('train', '--help')).stdout).not.toContain('critic-steps');
    const unknown = await weir('train', 'wgan-pg', '--help');
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('did you mean wgan-gp?') });
  });

  it('shows the help and fails when nothing is said', async () => {
    const { code, stderr } = await weir();
    expect(code).toBe(1);
    expect(stderr).toContain('Usage: weir');
  });
});
