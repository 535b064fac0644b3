import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runYaml, schemaLine } from '../../../src/runs/configuration/run-yaml.ts';
import { YamlText } from '../../../src/runs/configuration/yaml-text.ts';

const read = (text: string) => new YamlText(text, 'c.yaml').value;

describe('runYaml', () => {
  it('begins with the address of the schema', () => {
    expect(runYaml({ recipe: 'wgan-gp', options: { rate: 1e-9 } })).toBe(
      `${schemaLine}\nrecipe: wgan-gp\noptions:\n  rate: 1e-9\n`,
    );
  });

  it('writes what is read back as it was, whatever a script puts into it', () => {
    const config = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(config, config, (now, before) => {
        const plain = JSON.parse(JSON.stringify(now));
        expect(read(runYaml(plain))).toEqual(plain);
        expect(read(runYaml(plain, runYaml(before)))).toEqual(plain);
      }),
      { seed: 17, numRuns: 300 },
    );
  });

  it('keeps comments, order and spelling of the text that a run is started from', () => {
    const before = [
      '# why this run',
      'seed: 0x7 # lucky',
      'steps: 100 # short',
      'out: runs/a',
      '',
      '# networks',
      'options:',
      '  # wide',
      '  width: 64',
      '',
    ].join('\n');
    const config = { recipe: 'gan', steps: 200, seed: 7, options: { width: 64, depth: 3 } };
    expect(runYaml(config, before)).toBe(
      [
        '# why this run',
        'seed: 0x7 # lucky',
        'steps: 200 # short',
        '',
        '# networks',
        'options:',
        '  # wide',
        '  width: 64',
        '  depth: 3',
        'recipe: gan',
        '',
      ].join('\n'),
    );
  });

  it('writes anew where the text before is no configuration', () => {
    for (const before of ['', '[1]', 'a: [', '- 1'])
      expect(read(runYaml({ a: 1 }, before)), before).toEqual({ a: 1 });
  });
});
