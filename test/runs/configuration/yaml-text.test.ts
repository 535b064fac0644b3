import { describe, expect, it } from 'vitest';
import { YamlText } from '../../../src/runs/configuration/yaml-text.ts';
import { ConfigFileError } from '../../../src/runs/index.ts';

const read = (text: string) => new YamlText(text, 'c.yaml');

describe('YamlText', () => {
  it('reads YAML 1.2: yes and no are text, and so is 1_000', () => {
    const text = 'double: yes\nwide: 1_000\nrate: 1e-3\nhex: 0x10\non: true\nlist: [a, 2]\nnone:\n';
    expect(read(text).value).toEqual({
      double: 'yes',
      wide: '1_000',
      rate: 0.001,
      hex: 16,
      on: true,
      list: ['a', 2],
      none: null,
    });
  });

  it.each([
    ['JSON', '{"a": {"b": [1, "x"]}}'],
    ['JSON with tabs', '{\n\t"a": {\n\t\t"b": [1, "x"]\n\t}\n}\n'],
    ['lines that end with CR LF', '# c\r\na:\r\n  b:\r\n    - 1\r\n    - x\r\n'],
    ['a directive and one document', '%YAML 1.2\n---\na: {b: [1, x]}\n...\n'],
  ])('reads %s', (_, text) => {
    expect(read(text).value).toEqual({ a: { b: [1, 'x'] } });
  });

  it('keeps a key __proto__ as a key', () => {
    const { value } = read('__proto__: {polluted: 1}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['an empty file', '', '1:1: expected a mapping of options, got an empty file'],
    ['comments alone', '# a\n# b\n', '1:1: expected a mapping of options, got an empty file'],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', '3:1: expected each key once, got a again'],
    ['a key twice in JSON', '{"a": 1, "a": 2}', '1:10: expected each key once, got a again'],
    ['several documents', 'a: 1\n---\nb: 2\n', '2:1: expected one document, got a second one'],
    ['a tab before a key', 'a:\n\tb: 1\n', '2:1: expected spaces before a key, got a tab'],
    ['an anchor', 'a: &x 1\nb: *x\n', '1:7: expected a value without an anchor, got &x'],
    ['an alias alone', 'a: *x\n', '1:4: expected a value, got the alias *x'],
    ['a tag', 'a: !!str 1\n', '1:10: expected a value without a tag, got tag:yaml.org,2002:str'],
    ['a tag of its own', 'a: !js x\n', '1:8: expected a value without a tag, got !js'],
    ['another version of YAML', '%YAML 1.1\n---\na: yes\n', '1:1: expected YAML 1.2, got 1.1'],
    ['a key that is a number', '1: a\n', '1:1: expected text as a key, got 1'],
    ['a key that is a list', '? [a]\n: 1\n', '1:3: expected text as a key, got a collection'],
    ['a quote without an end', 'a: 1\nb: "x\n', '3:1: expected YAML 1.2 or JSON, got text with a fault: '],
    ['a list without an end', 'a: [1, 2\n', 'expected YAML 1.2 or JSON, got text with a fault: '],
    ['an indentation that fits nothing', 'a:\n    b: 1\n  c: 2\n', '3:1: expected YAML 1.2 or JSON'],
  ])('refuses %s, with line and column', (_, text, message) => {
    expect(() => read(text)).toThrow(ConfigFileError);
    expect(() => read(text)).toThrow(/^c\.yaml:\d+:\d+: expected /);
    expect(() => read(text)).toThrow(message);
  });

  it('refuses what is nested without an end', () => {
    expect(() => read(`a: ${'['.repeat(20_000)}`)).toThrow(ConfigFileError);
    expect(() => read(`a: ${'{a: '.repeat(20_000)}`)).toThrow(ConfigFileError);
  });

  it('knows the place of every key and value', () => {
    const yaml = read('# c\na: 1\noptions:\n  critic-rate: 2\n  list: [x,\n    y]\nempty:\n');
    expect(yaml.place(['a'])).toBe('c.yaml:2:4');
    expect(yaml.place(['a'], 'key')).toBe('c.yaml:2:1');
    expect(yaml.place(['options', 'critic-rate'])).toBe('c.yaml:4:16');
    expect(yaml.place(['options', 'critic-rate'], 'key')).toBe('c.yaml:4:3');
    expect(yaml.place(['options', 'list', 1])).toBe('c.yaml:6:5');
    expect(yaml.place(['options', 'missing'])).toBe('c.yaml:4:3');
    expect(yaml.place([])).toBe('c.yaml:2:1');
  });
});
