import { describe, expect, it } from 'vitest';
import {
  checkRule,
  rangeText,
  recipes,
  ruleText,
  schemaOf,
  type ValueRule,
  wholeRule,
} from '../../src/recipes/index.ts';
import { numberList } from '../../src/recipes/option.ts';

const rules: readonly [ValueRule, unknown][] = [
  [wholeRule(1, 8), 9],
  [wholeRule(3), 2],
  [{ type: 'real', min: 0, max: Infinity }, -1],
  [{ type: 'real', min: -Infinity, max: Infinity }, Number.NaN],
  [{ type: 'choice', choices: ['a', 'b'] }, 'c'],
  [{ type: 'text' }, ''],
  [{ type: 'boolean' }, 'yes'],
  [{ type: 'list', of: wholeRule() }, []],
  [{ type: 'either', of: [{ type: 'choice', choices: ['auto'] }, wholeRule(1)] }, 0],
];

describe('checkRule', () => {
  it.each(rules)('refuses by the words of the rule: %j, %j', (rule, wrong) => {
    expect(() => checkRule(rule, 'x', wrong)).toThrow(`x: expected ${ruleText(rule)}, got `);
  });

  it.each([
    [wholeRule(1, 8), 8],
    [{ type: 'real', min: 0, max: 1 }, 0.5],
    [{ type: 'text' }, 'a'],
    [{ type: 'boolean' }, false],
    [{ type: 'list', of: { type: 'text' } }, ['a']],
    [{ type: 'either', of: [{ type: 'text' }, wholeRule()] }, 3],
  ] satisfies [ValueRule, unknown][])('takes what fits: %j, %j', (rule, right) => {
    expect(() => checkRule(rule, 'x', right)).not.toThrow();
  });

  it('names the entry of a list that does not fit', () => {
    expect(() => checkRule({ type: 'list', of: wholeRule() }, 'x', [1, -1])).toThrow(
      'x: expected a whole number from 0, got -1',
    );
  });
});

describe('words', () => {
  const rule = { type: 'words', choices: ['red', 'green', 'blue'] } as const;

  it('are none, or some of a few, each at most once', () => {
    for (const right of ['none', 'green', 'blue,red'])
      expect(() => checkRule(rule, 'colours', right)).not.toThrow();
    for (const wrong of ['', 'rde', 'red,', 'red, green', 'none,red', 'red,green,red', ['red'], 3])
      expect(() => checkRule(rule, 'colours', wrong)).toThrow(
        /^colours: expected none, or some of red, green, blue with commas between them, each once, got /,
      );
  });

  it('have a hint where one is nearly right', () => {
    expect(() => checkRule(rule, 'colours', 'red,gren')).toThrow('got "red,gren"; did you mean green?');
    expect(() => checkRule(rule, 'colours', 'red,red')).toThrow(/got "red,red"$/);
  });

  it('are a pattern in the schema', () => {
    const { pattern } = schemaOf(rule) as { pattern: string };
    expect(['none', 'red', 'blue,red'].every((text) => new RegExp(pattern).test(text))).toBe(true);
    expect(['', 'rde', 'red,', 'none,red'].some((text) => new RegExp(pattern).test(text))).toBe(false);
    expect(rangeText(rule)).toBe(ruleText(rule));
  });
});

describe('numbers', () => {
  const rule = { type: 'numbers', min: 2, max: 30 } as const;

  it('are none, or whole numbers between the bounds', () => {
    for (const right of ['none', '2', '30,2,2']) expect(() => checkRule(rule, 'widths', right)).not.toThrow();
    for (const wrong of ['', '1', '31,4', '4,', '4, 5', '4.5', '-4', '1e1', 'none,4', [4], 4])
      expect(() => checkRule(rule, 'widths', wrong)).toThrow(
        /^widths: expected none, or whole numbers from 2 to 30 with commas between them, got /,
      );
  });

  it('are a pattern in the schema, where one number may come without quotes', () => {
    const { type, pattern } = schemaOf(rule) as { type: unknown; pattern: string };
    expect(type).toEqual(['string', 'integer']);
    expect(['none', '4', '4,8'].every((text) => new RegExp(pattern).test(text))).toBe(true);
    expect(['', '4,', '4.5', 'none,4'].some((text) => new RegExp(pattern).test(text))).toBe(false);
    expect(rangeText(rule)).toBe(ruleText(rule));
    expect(numberList('filters', { min: 2 }).parse('widths', 16)).toBe('16');
  });
});

describe('schemaOf', () => {
  it('writes no bound that is none', () => {
    expect(schemaOf(wholeRule())).toEqual({ type: 'integer', minimum: 0 });
    expect(schemaOf({ type: 'real', min: -Infinity, max: Infinity })).toEqual({ type: 'number' });
    expect(schemaOf({ type: 'real', min: 0, max: 1 })).toEqual({ type: 'number', minimum: 0, maximum: 1 });
  });
});

describe.each(recipes.map((recipe) => [recipe.name, recipe] as const))('the options of %s', (_, recipe) => {
  const options = Object.entries(recipe.options);

  it('have in help the rule of the check', () => {
    for (const [name, { rule, parse }] of options) {
      const ofWords = rule.type === 'choice' || rule.type === 'words';
      const wrong = ofWords ? '' : Number.NaN;
      expect(() => parse(name, wrong)).toThrow(`${name}: expected ${ruleText(rule)}, got `);
      const ends =
        'choices' in rule ? rule.choices : [rule.min, rule.max].filter((end) => Number.isFinite(end));
      const read = (value: number | string) => (rule.type === 'numbers' ? `${value}` : value);
      for (const end of ends) expect(parse(name, end)).toBe(read(end));
    }
  });

  it('have a line of meaning, and a unit where they count something', () => {
    for (const [name, { help, rule, unit }] of options) {
      expect(help, name).toMatch(/^[^\n]{8,100}$/);
      if (rule.type === 'whole') expect(unit, name).toMatch(/^[a-z ]+s$/);
    }
  });
});
