import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as weir from '../src/index.ts';

it('exports what this list says: a change here is a change for users', () => {
  const names = Object.fromEntries(
    Object.entries(weir).map(([room, exports]) => [room, Object.keys(exports).sort()]),
  );
  expect(names).toMatchSnapshot();
});

it('has an entry in package.json for every room', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const room of Object.keys(weir)) expect(exports[`./${room}`]).toBe(`./dist/${room}/index.js`);
});
