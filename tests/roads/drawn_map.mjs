// SPDX-License-Identifier: Apache-2.0
// A town drawn in letters, as an OpenStreetMap extract (PBF): each letter or + is a crossing, - and | are streets, 500 m
// a step. Two halves lie on the banks of a river with one bridge between B and D, and another far in the east.

export const drawing = [
  'A---+---B---+---+---+',
  '|   |   |           |',
  '+---+---+           +',
  '        |           |',
  'C---+---D---+---+---+',
];

const origin = { lat: 37.85, lon: 113.55 };
const degreesNorth = 500 / 111_195;
const degreesEast = degreesNorth / Math.cos((origin.lat * Math.PI) / 180);

// ---- protobuf, as much of it as an extract needs

const bytes = (parts) => Buffer.concat(parts);
const varint = (value) => {
  const out = [];
  let left = BigInt(value);
  do {
    const low = Number(left & 127n);
    left >>= 7n;
    out.push(left > 0n ? low | 128 : low);
  } while (left > 0n);
  return Buffer.from(out);
};
const zigzag = (value) => varint(value >= 0 ? BigInt(value) * 2n : BigInt(-value) * 2n - 1n);
const field = (number, payload) => bytes([varint((number << 3) | 2), varint(payload.length), payload]);
const whole = (number, value) => bytes([varint(number << 3), varint(value)]);
const signed = (number, value) => bytes([varint(number << 3), zigzag(value)]);

const block = (type, payload) => {
  const blob = bytes([field(1, payload), whole(2, payload.length)]);
  const header = bytes([field(1, Buffer.from(type)), whole(3, blob.length)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(header.length);
  return bytes([size, header, blob]);
};

/** Crossings by their cell, and streets as lists of cells. */
function read(lines) {
  const nodes = new Map();
  const streets = [];
  const at = (row, column) => lines[row]?.[column] ?? ' ';
  const crossing = (c) => /[A-Z+]/.test(c);
  for (let row = 0; row < lines.length; row += 2) {
    for (let column = 0; column < lines[row].length; column += 4) {
      if (!crossing(at(row, column))) continue;
      nodes.set(`${row},${column}`, {
        id: nodes.size + 1,
        name: at(row, column),
        lat: origin.lat - (row / 2) * degreesNorth,
        lon: origin.lon + (column / 4) * degreesEast,
      });
      if (at(row, column - 1) === '-') streets.push([`${row},${column - 4}`, `${row},${column}`]);
      if (at(row - 1, column) === '|') streets.push([`${row - 2},${column}`, `${row},${column}`]);
    }
  }
  return { nodes, streets };
}

/** The extract, and where the lettered crossings are. */
export function extract(lines = drawing) {
  const { nodes, streets } = read(lines);
  const strings = ['', 'highway', 'residential', 'name', ...streets.map((_, i) => `Street ${i + 1}`)];
  const table = bytes(strings.map((s) => field(1, Buffer.from(s))));
  const nano = (degrees) => Math.round(degrees * 1e7);
  const nodeGroup = bytes(
    [...nodes.values()].map((n) => field(1, bytes([signed(1, n.id), signed(8, nano(n.lat)), signed(9, nano(n.lon))]))),
  );
  const wayGroup = bytes(
    streets.map(([a, b], i) => {
      const from = nodes.get(a).id;
      const to = nodes.get(b).id;
      return field(
        3,
        bytes([
          whole(1, i + 1),
          field(2, bytes([varint(1), varint(3)])),
          field(3, bytes([varint(2), varint(4 + i)])),
          field(8, bytes([zigzag(from), zigzag(to - from)])),
        ]),
      );
    }),
  );
  const header = block('OSMHeader', bytes([field(4, Buffer.from('OsmSchema-V0.6')), field(16, Buffer.from('drawn'))]));
  const data = block('OSMData', bytes([field(1, table), field(2, nodeGroup), field(2, wayGroup)]));
  const lettered = Object.fromEntries(
    [...nodes.values()].filter((n) => n.name !== '+').map((n) => [n.name, [n.lon, n.lat]]),
  );
  return { pbf: bytes([header, data]), places: lettered };
}
