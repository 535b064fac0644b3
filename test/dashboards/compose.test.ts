import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../support/ports.ts';
import { has, run } from '../support/programs.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Service {
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: { readonly default: { readonly aliases: readonly string[] } };
}

const compose: {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
} = parse(read('docker-compose.yml'), { merge: true });
const services = Object.entries(compose.services);

/** The client's own way to check a file, new or old. Neither asks for an engine. */
const client = has('docker', 'compose', 'version')
  ? (['docker', 'compose'] as const)
  : has('docker-compose')
    ? (['docker-compose'] as const)
    : undefined;

describe('docker-compose.yml', () => {
  it.skipIf(client === undefined).each(['cpu', 'gpu', 'host'])(
    'is valid with the profile %s',
    async (profile) => {
      const [program, ...first] = client!;
      const { code, output } = await run(
        program,
        [...first, '--profile', profile, 'config', '--quiet'],
        root,
      );
      expect(output).toBe('');
      expect(code).toBe(0);
    },
  );

  it('pins every image, in the Dockerfile too', () => {
    const images = services.flatMap(([, { image }]) => (image === undefined ? [] : [image]));
    const bases = [...read('Dockerfile').matchAll(/(?:FROM|--from=)\s*(\S+:\S+)/g)].map(
      ([, image]) => image!,
    );
    expect(images.length).toBeGreaterThanOrEqual(4);
    expect(bases.length).toBeGreaterThanOrEqual(3);
    expect([...images, ...bases].filter((image) => !/:v?\d+\.\d+\.\d+(?:-|$)/.test(image))).toEqual([]);
  });

  it('mounts only what is there', () => {
    const sources = services.flatMap(([, { volumes = [] }]) =>
      volumes.map((volume) => volume.split(':')[0]!),
    );
    const missing = sources.filter((source) =>
      source.startsWith('.') ? !existsSync(join(root, source)) : !(source in compose.volumes),
    );
    expect(missing).toEqual([]);
  });

  it('is reached from this machine only', () => {
    const open = services.flatMap(([, { ports = [] }]) =>
      ports.filter((port) => !port.startsWith('127.0.0.1:')),
    );
    expect(open).toEqual([]);
  });

  it('has one trainer in each profile, all under the name that Prometheus looks for', () => {
    const trainers = services.filter(([, { profiles }]) => profiles !== undefined);
    expect(trainers.map(([, { profiles }]) => profiles)).toEqual([['cpu'], ['gpu'], ['host']]);
    for (const [, { networks }] of trainers) expect(networks!.default.aliases).toEqual(['trainer']);
    const prometheus = parse(read('dashboards/prometheus/prometheus.yml'));
    expect(prometheus.scrape_configs[0].static_configs[0].targets).toEqual(['trainer:9464']);
    expect(read('.env')).toContain('COMPOSE_PROFILES=cpu');
  });

  it('opens with the overview, whose folder the provider reads', () => {
    const { environment, volumes } = compose.services.grafana!;
    const home = environment!.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH!;
    const [folder] = volumes!
      .find((volume) => volume.startsWith('./dashboards/boards'))!
      .split(':')
      .slice(1);
    expect(home).toBe(`${folder}/overview.json`);
    expect(existsSync(join(root, 'dashboards/boards/overview.json'))).toBe(true);
    const provider = parse(read('dashboards/grafana/dashboards/weir.yaml')).providers[0];
    expect(provider).toMatchObject({ type: 'file', allowUiUpdates: false, options: { path: folder } });
  });

  it('links the exemplars of Prometheus to the traces of Tempo, and back', () => {
    const { datasources } = parse(read('dashboards/grafana/datasources/weir.yaml'));
    const [prometheus, tempo] = datasources;
    expect(prometheus.jsonData.exemplarTraceIdDestinations).toEqual([
      { name: 'trace_id', datasourceUid: tempo.uid, urlDisplayLabel: 'Open the trace' },
    ]);
    expect(tempo.jsonData.tracesToMetrics.datasourceUid).toBe(prometheus.uid);
    const { scrape_interval: interval } = parse(read('dashboards/prometheus/prometheus.yml')).global;
    expect(prometheus.jsonData.timeInterval).toBe(interval);
    expect(compose.services.prometheus!.command).toContain('--enable-feature=exemplar-storage');
  });

  it('takes traces and log records where the trainers send them, and links one to the other', () => {
    const tempo = parse(read('dashboards/tempo/tempo.yaml'));
    expect(tempo.distributor.receivers.otlp.protocols.http.endpoint).toBe('0.0.0.0:4318');
    const loki = parse(read('dashboards/loki/loki.yaml'));
    for (const name of ['weir', 'weir-gpu'])
      expect(compose.services[name]!.environment).toMatchObject({
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://tempo:4318/v1/traces',
        OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `http://loki:${loki.server.http_listen_port}/otlp/v1/logs`,
      });
    const [, from, logs] = parse(read('dashboards/grafana/datasources/weir.yaml')).datasources;
    expect(logs).toMatchObject({ type: 'loki', url: `http://loki:${loki.server.http_listen_port}` });
    expect(from.jsonData.tracesToLogsV2.datasourceUid).toBe(logs.uid);
  });
});

describe('the forwarder of the profile host', () => {
  it('lets Prometheus reach a trainer outside, and outlives one that is not there', async () => {
    const trainer = createServer((request, response) => response.end(`asked ${request.headers.host}`));
    await listening(trainer);
    const { port: far } = trainer.address() as AddressInfo;
    const near = await freePort();
    const child = spawn(process.execPath, [join(root, 'dashboards/prometheus/forward.mjs')], {
      env: { FORWARD_TO: `127.0.0.1:${far}`, PORT: String(near) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      await answering(near, child);
      const ask = () =>
        fetch(`http://127.0.0.1:${near}/metrics`, { headers: { connection: 'close' } }).then((answer) =>
          answer.text(),
        );
      expect(await ask()).toBe(`asked 127.0.0.1:${near}`);
      trainer.close();
      trainer.closeAllConnections();
      await expect(ask()).rejects.toThrow();
      await expect(ask()).rejects.toThrow();
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill();
      trainer.close();
    }
  });
});

async function listening(server: ReturnType<typeof createServer>): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

/** Waits until the child takes connections. */
async function answering(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      socket.destroy();
    }
  }
  throw new Error('the forwarder has ended');
}
