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
    [['list', 'extra'], 'too many arguments'],
  ])('refuses %j with exit code 1 and shows the way', async (args, message) => {
    const { code, stderr, stdout } = await weir(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain('--help');
  });

  it('shows the help and fails when nothing is said', async () => {
    const { code, stderr } = await weir();
    expect(code).toBe(1);
    expect(stderr).toContain('Usage: weir');
  });
});
