import { describe, expect, it } from 'vitest';
import { pageFiles } from '../../src/server/page-files.ts';

describe('pageFiles', () => {
  it('has the page, its parts, the charts and an icon, each with its type', () => {
    const files = pageFiles();
    expect(files.get('/')!.type).toBe('text/html; charset=utf-8');
    expect(files.get('/')).toBe(files.get('/index.html'));
    expect(files.get('/uPlot.esm.js')!.type).toBe('text/javascript; charset=utf-8');
    expect(files.get('/uPlot.min.css')!.type).toBe('text/css; charset=utf-8');
    expect(files.get('/favicon.ico')!.type).toBe('image/svg+xml');
  });

  it('has nothing that is not for a browser', () => {
    expect([...pageFiles().keys()].filter((path) => !/\.(?:html|css|js|svg|ico)$|^\/$/.test(path))).toEqual(
      [],
    );
  });

  it('lets the browser fetch all modules at once', () => {
    const files = pageFiles();
    const modules = [...files.keys()].filter((path) => path.endsWith('.js') && path !== '/main.js');
    const preloaded = [...String(files.get('/')!.body).matchAll(/modulepreload" href="([^"]+)"/g)].map(
      (match) => match[1]!,
    );
    expect(preloaded.sort()).toEqual(modules.sort());
  });

  it('refers to nothing outside', () => {
    const outside = [...pageFiles()].filter(
      ([path, { body }]) =>
        !path.startsWith('/uPlot') &&
        /(?:src|href)="https?:|import[^;]*'https?:|url\(["']?https?:/.test(String(body)),
    );
    expect(outside.map(([path]) => path)).toEqual([]);
  });
});
