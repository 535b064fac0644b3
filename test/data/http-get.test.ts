import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { httpGet } from '../../src/data/http-get.ts';
import { serve } from './file-server.ts';

describe('httpGet', () => {
  it.each([301, 302, 303, 307, 308])(
    'follows a redirection of status %i, with its headers',
    async (status) => {
      const { url, asked } = await serve((request, response) =>
        request.url === '/a'
          ? response.writeHead(status, { location: '/b?c' }).end()
          : response.end(String(request.headers.range)),
      );
      const response = await httpGet(`${url}/a`, { headers: { range: 'bytes=7-' } });
      expect(await text(response)).toBe('bytes=7-');
      expect(asked.map(({ path }) => path)).toEqual(['/a', '/b?c']);
    },
  );

  it('leaves a redirection whose answer goes on and on', async () => {
    let left = false;
    const { url } = await serve((request, response) => {
      if (request.url === '/b') return response.end('here');
      response.writeHead(302, { location: '/b' }).write('more to come');
      return response.on('close', () => {
        left = true;
      });
    });
    expect(await text(await httpGet(`${url}/a`, { headers: {} }))).toBe('here');
    await expect.poll(() => left).toBe(true);
  });

  it('gives up after five redirections, and on one that leads nowhere', async () => {
    const round = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    await expect(httpGet(round.url, { headers: {} })).rejects.toThrow('more than 5 redirections');
    expect(round.asked).toHaveLength(6);
    for (const location of ['file:///etc/passwd', 'http://', undefined]) {
      const away = await serve((_, response) => response.writeHead(302, location ? { location } : {}).end());
      await expect(httpGet(away.url, { headers: {} })).rejects.toThrow(`a redirection to ${location}`);
    }
  });

  it('ends with the signal', async () => {
    const { url } = await serve(() => {});
    await expect(httpGet(url, { headers: {}, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
