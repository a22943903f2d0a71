// SPDX-License-Identifier: Apache-2.0
// `huan route --matrix-url` against a real Valhalla over a drawn town with two bridges: the matrix it plans by, the lines it
// draws, a zone on the bridge, and what it says when the server is not there or refuses.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { extract } from './drawn_map.mjs';

const require = createRequire(import.meta.url);
const { Actor, getConfig } = require('@valhallajs/valhallajs');
const huan = process.argv[2];
const work = mkdtempSync(join(tmpdir(), 'huan-roads-'));
const file = (name) => join(work, name);
const save = (name, value) => {
  writeFileSync(file(name), typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value));
  return file(name);
};

/** Tiles of the drawn map, built by Valhalla's own tool. */
async function townServer(pbf) {
  const config = await getConfig({ tileDir: file('tiles'), tileExtract: '' });
  config.mjolnir.tile_dir = file('tiles');
  delete config.mjolnir.tile_extract;
  config.mjolnir.concurrency = 1;
  const folder = dirname(require.resolve('@valhallajs/valhallajs'));
  execFileSync(process.execPath, [join(folder, 'bin', 'valhalla-cli.js'), 'build_tiles', '-c', save('config.json', config), pbf], {
    stdio: 'pipe',
    cwd: work,  // it leaves notes where it runs
  });
  return new Actor(config);
}

function serve(answer) {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', async () => {
        const [status, text] = await answer(request.url, Buffer.concat(parts).toString());
        response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      });
    });
    server.listen(0, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` }));
  });
}

function run(...args) {
  return new Promise((resolve) => {
    execFile(huan, ['route', ...args], (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
}

const { pbf, places } = extract();
let asked = 0;
let stop = () => {};
try {
  const actor = await townServer(save('town.osm.pbf', pbf));
  const { server, url } = await serve(async (path, body) => {
    asked += 1;
    try {
      return [200, await (path === '/route' ? actor.route(body) : actor.matrix(body))];
    } catch (error) {
      return [400, JSON.stringify({ error: String(error.message ?? error) })];
    }
  });
  stop = () => server.close();
  const day = {
    vehicles: [{ id: 1, start: places.A, end: places.A, costs: { per_hour: 0, per_km: 1 } }],
    jobs: [
      { id: 1, location: places.C },
      { id: 2, location: places.B },
    ],
  };
  const roads = ['--matrix-url', url, '--matrix-kind', 'valhalla', '--iterations', '200'];
  const day_file = save('day.json', day);

  // A to C is 1 km across the river and 3 km by the bridge: there by way of B and back the same way.
  let seen = await run('--in', day_file, ...roads, '--out', file('plan.json'), '--geojson', file('lines.json'));
  assert.equal(seen.code, 0, seen.stderr);
  const plan = JSON.parse(readFileSync(file('plan.json'), 'utf8'));
  assert.equal(plan.summary.unassigned, 0);
  assert.ok(Math.abs(plan.summary.distance - 6000) < 60, `metres by road: ${plan.summary.distance}`);
  assert.equal(plan.summary.great_circle_times, undefined);
  assert.ok(plan.summary.duration > 6000 / 25 && plan.summary.duration < 6000 / 5, `seconds: ${plan.summary.duration}`);
  assert.equal(asked, 1 + 3, 'the matrix at once, and a line for each of three ways');

  // The line goes over the nearer bridge.
  const line = JSON.parse(readFileSync(file('lines.json'), 'utf8')).features[0].geometry.coordinates;
  const east = Math.max(...line.map(([lon]) => lon));
  assert.ok(line.length > 6 && Math.abs(east - places.B[0]) < 1e-4, JSON.stringify(line));

  // The same plan holds when it is checked by the same roads, in small blocks.
  seen = await run('--in', day_file, ...roads, '--matrix-block', '2', '--check', file('plan.json'));
  assert.equal(seen.code, 0, seen.stderr + seen.stdout.slice(0, 500));

  // A zone on the bridge that opens at one hour: its outline lies on no straight line between the places.
  const [lon, lat] = places.D;
  const box = [
    [lon - 1e-3, lat + 1e-3],
    [lon + 1e-3, lat + 1e-3],
    [lon + 1e-3, lat + 3e-3],
    [lon - 1e-3, lat + 3e-3],
    [lon - 1e-3, lat + 1e-3],
  ];
  const zone = { id: 'bridge', open: [[3600, 90000]], geometry: { type: 'Polygon', coordinates: [box] } };
  seen = await run('--in', save('zone.json', { ...day, zones: [zone] }), ...roads, '--out', file('late.json'));
  assert.equal(seen.code, 0, seen.stderr);
  const late = JSON.parse(readFileSync(file('late.json'), 'utf8'));
  assert.equal(late.summary.unassigned, 0);
  const steps = late.routes[0].steps;
  const at = steps.findIndex((step) => step.id === 1);
  assert.ok(steps[at].arrival >= 3600, 'C is reached when the bridge has opened');

  // Closed all day, it is driven round by the bridge in the far east: 3 km more each way, on the plan and on the line.
  const shut = { ...zone, open: [[80000, 90000]] };
  const shut_file = save('shut.json', { ...day, vehicles: [{ ...day.vehicles[0], time_window: [0, 7200] }], zones: [shut] });
  seen = await run('--in', shut_file, ...roads, '--out', file('round.json'), '--geojson', file('round_lines.json'));
  assert.equal(seen.code, 0, seen.stderr);
  const round = JSON.parse(readFileSync(file('round.json'), 'utf8'));
  assert.equal(round.summary.unassigned, 0);
  assert.ok(round.routes[0].steps.filter((step) => step.around).length === 2, JSON.stringify(round.routes[0].steps));
  assert.ok(Math.abs(round.summary.distance - 12000) < 120, `metres round the zone: ${round.summary.distance}`);
  const detour = JSON.parse(readFileSync(file('round_lines.json'), 'utf8')).features[0].geometry.coordinates;
  assert.ok(Math.max(...detour.map(([x]) => x)) > lon + 0.015, 'the line goes by the far bridge');
  assert.ok(!detour.some(([x, y]) => Math.abs(x - lon) < 1e-3 && y > lat + 1e-3 && y < lat + 3e-3), 'and not through the zone');
  seen = await run('--in', shut_file, ...roads, '--check', file('round.json'));
  assert.equal(seen.code, 0, seen.stderr + seen.stdout.slice(0, 500));

  // Valhalla leads round outlines of ten kilometres in all, as it comes: above, vehicles wait, and it is said why.
  const wide = [[113, 38], [113.2, 38], [113.2, 38.2], [113, 38]];
  const country = { id: 'country', open: [[3600, 90000]], geometry: { type: 'Polygon', coordinates: [wide] } };
  seen = await run('--in', save('wide.json', { ...day, zones: [zone, country] }), ...roads, '--out', file('waits.json'));
  assert.equal(seen.code, 0, seen.stderr);
  assert.match(seen.stderr, /no ways round zones: .*the server says/);
  const waits = JSON.parse(readFileSync(file('waits.json'), 'utf8')).routes[0].steps;
  assert.ok(waits.find((step) => step.id === 1).arrival >= 3600, 'and C is reached when the bridge has opened');

  // What goes wrong is said with the address.
  const off = { ...day, jobs: [{ id: 1, location: [10, 10] }] };
  seen = await run('--in', save('off.json', off), ...roads);
  assert.notEqual(seen.code, 0);
  assert.match(seen.stderr, /127\.0\.0\.1:\d+ \/error.*the server says/s);
  server.close();
  seen = await run('--in', day_file, '--matrix-url', 'http://127.0.0.1:9', '--matrix-timeout', '2', '--seconds', '0');
  assert.notEqual(seen.code, 0);
  assert.match(seen.stderr, /cannot be reached|unreachable/);
  const odd = await serve(async () => [200, '{"code":"Ok","durations":[[0]],"distances":[[0]]}']);
  seen = await run('--in', day_file, '--matrix-url', odd.url, '--seconds', '0');
  odd.server.close();
  assert.notEqual(seen.code, 0);
  assert.match(seen.stderr, /\/durations.*3 rows are expected/s);
  console.log('roads: a real Valhalla over a drawn town: all as it should be');
} finally {
  stop();
  rmSync(work, { recursive: true, force: true });
}
