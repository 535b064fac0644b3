// Passes connections on, so that a trainer outside the stack answers under the name of the one inside.
import { connect, createServer } from 'node:net';

const [host, port] = (process.env.FORWARD_TO ?? 'host.docker.internal:9464').split(':');

createServer((near) => {
  const far = connect({ host, port: Number(port) });
  near.on('error', () => far.destroy()).pipe(far);
  far.on('error', () => near.destroy()).pipe(near);
}).listen(Number(process.env.PORT ?? 9464));
