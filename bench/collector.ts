// A collector for bench/telemetry.ts, in a process of its own: tsx bench/collector.ts
// take|refuse|hang
import { createServer } from 'node:http';

const mode = process.argv[2] ?? 'take';
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (mode === 'hang') return;
    response.statusCode = mode === 'refuse' ? 500 : 200;
    response.setHeader('content-type', 'application/x-protobuf');
    response.end();
  });
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
