import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { check, type DownloadProgress, download } from '../../src/data/download.ts';
import { DownloadError } from '../../src/data/index.ts';
import type { SourceFile } from '../../src/data/sources.ts';
import { sendCut, sendRange, serve, unanswered } from './file-server.ts';
import { folderWith } from './temporary.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
const other = Uint8Array.from(content, (byte) => byte ^ 1);
const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const file: SourceFile = { name: 'data.gz', bytes: content.length, sha256: sumOf(content) };

const isWhole = (folder: string) => readFileSync(join(folder, 'data.gz')).equals(content);
const failure = (mirrors: string[], folder: string) =>
  download(file, mirrors, folder).then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('download', () => {
  it('brings the file, checked and under its name only, and tells how far it is', async () => {
    const { url, asked } = await serve((request, response) => sendRange(content, request, response));
    const folder = folderWith();
    const progress: DownloadProgress[] = [];
    await download(file, [`${url}/mnist/`], folder, { onProgress: (step) => progress.push(step) });
    expect(isWhole(folder)).toBe(true);
    expect(readdirSync(folder)).toEqual(['data.gz']);
    expect(asked).toEqual([{ path: '/mnist/data.gz', range: undefined }]);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)).toEqual({ file: 'data.gz', bytes: 300_000, total: 300_000 });
    for (let i = 1; i < progress.length; i++)
      expect(progress[i]!.bytes).toBeGreaterThanOrEqual(progress[i - 1]!.bytes);
  });

  it('goes on where a broken connection ended', async () => {
    const { url, asked } = await serve((request, response, step) =>
      step === 1 ? sendCut(content, 100_000, response) : sendRange(content, request, response),
    );
    const folder = folderWith();
    await download(file, [url], folder);
    expect(isWhole(folder)).toBe(true);
    expect(asked).toHaveLength(2);
    const from = Number(/^bytes=(\d+)-$/.exec(asked[1]!.range!)![1]);
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(100_000);
  });

  it('keeps every byte that arrived before a cut, wherever it is cut', async () => {
    // Multiples of a prime cut within and between the pieces in which a system hands bytes over.
    const cuts = Array.from({ length: 40 }, (_, i) => 1 + ((i * 104_729) % (content.length - 1)));
    for (const cut of cuts) {
      const { url, asked } = await serve((request, response, step) =>
        step === 1 ? sendCut(content, cut, response) : sendRange(content, request, response),
      );
      const folder = folderWith();
      await download(file, [url], folder);
      expect(asked.map(({ range }) => range)).toEqual([undefined, `bytes=${cut}-`]);
      expect(isWhole(folder)).toBe(true);
    }
  });

  it.each([400, 403, 404, 500, 503])(
    'leaves what has arrived alone when the rest is answered by %i',
    async (status) => {
      const { url } = await serve((_, response) => response.writeHead(status).end('x'.repeat(299_000)));
      const folder = folderWith({ 'data.gz.part': content.subarray(0, 1000) });
      expect(((await failure([url], folder)) as Error).message).toContain(`HTTP status ${status}`);
      expect(readFileSync(join(folder, 'data.gz.part')).equals(content.subarray(0, 1000))).toBe(true);
    },
  );

  it('leaves what has arrived alone when a page or a file of another size is sent instead', async () => {
    const answers: Parameters<typeof serve>[0][] = [
      (_, response) => response.end('<html>please log in</html>'),
      (_, response) => {
        response.writeHead(206, { 'content-range': 'bytes 1000-299998/299999' });
        response.end(content.subarray(1000, 299_999));
      },
    ];
    for (const answer of answers) {
      const { url, asked } = await serve(answer);
      const folder = folderWith({ 'data.gz.part': content.subarray(0, 1000) });
      expect(((await failure([url], folder)) as Error).message).toMatch(
        /expected 300000 bytes, the server has (26|299999)$/,
      );
      expect(asked).toHaveLength(1);
      expect(readFileSync(join(folder, 'data.gz.part')).equals(content.subarray(0, 1000))).toBe(true);
    }
  });

  it('asks for the whole file where the range is refused (416)', async () => {
    const { url, asked } = await serve((request, response) =>
      request.headers.range === undefined
        ? sendRange(content, request, response)
        : response.writeHead(416, { 'content-range': 'bytes */300000' }).end(),
    );
    const folder = folderWith({ 'data.gz.part': content.subarray(0, 1000) });
    await download(file, [url], folder);
    expect(asked.map(({ range }) => range)).toEqual(['bytes=1000-', undefined]);
    expect(isWhole(folder)).toBe(true);
  });

  it('goes on with what an earlier run left', async () => {
    const { url, asked } = await serve((request, response) => sendRange(content, request, response));
    const folder = folderWith({ 'data.gz.part': content.subarray(0, 299_000) });
    await download(file, [url], folder);
    expect(asked).toEqual([{ path: '/data.gz', range: 'bytes=299000-' }]);
    expect(isWhole(folder)).toBe(true);
  });

  it('asks for nothing when an earlier run left all but the last step', async () => {
    const { url, asked } = await serve((request, response) => sendRange(content, request, response));
    const folder = folderWith({ 'data.gz.part': content });
    await download(file, [url], folder);
    expect(asked).toEqual([]);
    expect(isWhole(folder)).toBe(true);
  });

  it('begins again where the server knows no ranges', async () => {
    const { url } = await serve((_, response) => response.end(content));
    const folder = folderWith({ 'data.gz.part': content.subarray(0, 1000) });
    await download(file, [url], folder);
    expect(isWhole(folder)).toBe(true);
  });

  it('begins again where the server answers with another range', async () => {
    const { url, asked } = await serve((request, response) => {
      if (request.headers.range === undefined) return sendRange(content, request, response);
      response.writeHead(206, { 'content-range': 'bytes 0-299999/300000' });
      response.end(content);
    });
    const folder = folderWith({ 'data.gz.part': content.subarray(0, 1000) });
    await download(file, [url], folder);
    expect(asked.map(({ range }) => range)).toEqual(['bytes=1000-', undefined]);
    expect(isWhole(folder)).toBe(true);
  });

  it('begins again when what an earlier run left is not of this file', async () => {
    const { url, asked } = await serve((request, response) => sendRange(content, request, response));
    const folder = folderWith({ 'data.gz.part': other.subarray(0, 1000) });
    await download(file, [url], folder);
    expect(asked.map(({ range }) => range)).toEqual(['bytes=1000-', undefined]);
    expect(isWhole(folder)).toBe(true);
    const longer = folderWith({ 'data.gz.part': new Uint8Array(300_001) });
    await download(file, [url], longer);
    expect(isWhole(longer)).toBe(true);
  });

  it('refuses a wrong checksum, naming the address and both sums, and keeps nothing', async () => {
    const { url, asked } = await serve((request, response) => sendRange(other, request, response));
    const folder = folderWith();
    const error = (await failure([url], folder)) as DownloadError;
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toBe(
      `data.gz: no mirror gave the file:\n  ${url}/data.gz: expected SHA-256 ${sumOf(content)}, got ${sumOf(other)}`,
    );
    expect(asked).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names the status of the answer, and does not insist on 404', async () => {
    const { url, asked } = await serve((_, response) => response.writeHead(404).end('<html>not here</html>'));
    const error = (await failure([url], folderWith())) as DownloadError;
    expect(error.message).toContain(`${url}/data.gz: HTTP status 404`);
    expect(error.cause).toBeInstanceOf(Error);
    expect(asked).toHaveLength(1);
  });

  it('tries an ailing server three times and no more', async () => {
    const { url, asked } = await serve((_, response) => response.writeHead(503).end());
    const error = (await failure([url], folderWith())) as DownloadError;
    expect(asked).toHaveLength(3);
    expect(error.message).toBe(`data.gz: no mirror gave the file:\n  ${url}/data.gz: HTTP status 503`);
  });

  it('takes the next mirror, and says what was wrong with each when all fail', async () => {
    const bad = await serve((_, response) => response.writeHead(403).end());
    const good = await serve((request, response) => sendRange(content, request, response));
    const folder = folderWith();
    await download(file, [bad.url, good.url], folder);
    expect(isWhole(folder)).toBe(true);
    const gone = await unanswered();
    const error = (await failure([bad.url, gone], folderWith())) as DownloadError;
    expect(error.message).toContain(`${bad.url}/data.gz: HTTP status 403`);
    expect(error.message).toContain(`${gone}/data.gz: ECONNREFUSED`);
  });

  it('refuses a file that is too long without reading on, and one that is too short', async () => {
    const twice = Buffer.concat([content, content]);
    const said = await serve((_, response) => response.end(twice));
    expect(((await failure([said.url], folderWith())) as Error).message).toContain(
      'expected 300000 bytes, the server has 600000',
    );
    const unsaid = await serve((_, response) => {
      response.write(twice);
      response.end();
    });
    expect(((await failure([unsaid.url], folderWith())) as Error).message).toContain(
      'expected 300000 bytes, got more',
    );
    const short = await serve((_, response) => {
      response.write(content.subarray(0, 200_000));
      response.end();
    });
    expect(((await failure([short.url], folderWith())) as Error).message).toContain(
      'and it ended after 200000',
    );
  });

  it('ends with the reason of the signal, and keeps what has arrived', async () => {
    const controller = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000));
    });
    const folder = folderWith();
    const stopped = download(file, [url], folder, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(existsSync(join(folder, 'data.gz.part'))).toBe(true);
    expect(existsSync(join(folder, 'data.gz'))).toBe(false);
  });

  it('does not begin when the signal has been given', async () => {
    const { url, asked } = await serve((request, response) => sendRange(content, request, response));
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(download(file, [url], folderWith(), { signal })).rejects.toThrow('never mind');
    expect(asked).toEqual([]);
  });

  it('copies from a folder or a file: address, and checks that too', async () => {
    const mirror = folderWith({ 'data.gz': content });
    for (const address of [mirror, pathToFileURL(mirror).href]) {
      const folder = folderWith();
      await download(file, [address], folder);
      expect(isWhole(folder)).toBe(true);
    }
    const wrong = folderWith({ 'data.gz': other });
    expect(((await failure([wrong], folderWith())) as Error).message).toContain(`got ${sumOf(other)}`);
    const empty = folderWith();
    expect(((await failure([empty], folderWith())) as Error).message).toContain(
      `${join(empty, 'data.gz')}: no such file`,
    );
  });

  it('asks for the bytes as they are, so that nothing unpacks them on the way', async () => {
    let encoding: string | undefined;
    const { url } = await serve((request, response) => {
      encoding = request.headers['accept-encoding'] as string;
      sendRange(content, request, response);
    });
    await download(file, [url], folderWith());
    expect(encoding).toBe('identity');
  });
});

describe('check', () => {
  it('finds nothing wrong with the right file, and says what is wrong with another', async () => {
    const folder = folderWith({ right: content, wrong: other, short: content.subarray(1) });
    expect(await check(file, join(folder, 'right'))).toBeUndefined();
    expect(await check(file, join(folder, 'wrong'))).toBe(
      `expected SHA-256 ${sumOf(content)}, got ${sumOf(other)}`,
    );
    expect(await check(file, join(folder, 'short'))).toBe('expected 300000 bytes, got 299999');
    expect(await check(file, join(folder, 'none'))).toBe('expected 300000 bytes, got 0');
  });
});
