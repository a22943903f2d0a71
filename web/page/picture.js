// SPDX-License-Identifier: Apache-2.0
// Draws the part of the trace around a lot: columns are steps away from it, sources to the left and fates
// to the right; the width of a band is its mass.
const kColumn = 250, kRow = 46, kBox = 180, kHeight = 36, kBandMax = 22;
const svgNamespace = "http://www.w3.org/2000/svg";

function element(name, attributes, text) {
  const node = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

/// Rows within each column, ordered by the mean row of what they are joined to, nearest column first.
function arrange(picture) {
  const columns = [];
  picture.points.forEach((point, i) => (columns[point.depth] ??= []).push(i));
  const row = new Map();
  const joined = picture.points.map(() => []);
  const stepPoints = picture.steps.map(() => []);
  for (const edge of picture.edges) stepPoints[edge.step].push(edge.point);
  for (const points of stepPoints) for (const p of points) joined[p].push(...points);
  for (const column of columns.filter(Boolean)) {
    const mean = (i) => {
      const known = joined[i].filter((j) => row.has(j)).map((j) => row.get(j));
      return known.length ? known.reduce((a, b) => a + b, 0) / known.length : 0;
    };
    column.map((i) => [mean(i), i]).sort((a, b) => a[0] - b[0] || a[1] - b[1])
      .forEach(([, i], at) => row.set(i, at));
  }
  return { columns, row };
}

export function draw(picture, direction, describe) {
  const { columns, row } = arrange(picture);
  const depth = columns.length - 1;
  const tallest = Math.max(1, ...columns.map((c) => c?.length ?? 0));
  const width = depth * kColumn + kBox + 8, height = tallest * kRow + 8;
  const x = (i) => 4 + (direction === "up" ? depth - picture.points[i].depth : picture.points[i].depth) * kColumn;
  const y = (i) => 4 + row.get(i) * kRow + ((tallest - columns[picture.points[i].depth].length) * kRow) / 2;
  const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
  const most = Math.max(1, ...picture.edges.map((e) => e.grams));
  // A step joins what it took from with what it put into: one band for each pair, by the taken mass.
  picture.steps.forEach((step, s) => {
    const edges = picture.edges.filter((e) => e.step === s);
    const from = edges.filter((e) => e.into_step), to = edges.filter((e) => !e.into_step);
    for (const a of from) for (const b of to) {
      const x1 = x(a.point) + kBox, x2 = x(b.point), y1 = y(a.point) + kHeight / 2, y2 = y(b.point) + kHeight / 2;
      const middle = (x1 + x2) / 2, grams = Math.min(a.grams, b.grams);
      const path = element("path", { d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
        "stroke-width": Math.max(1, (grams / most) * kBandMax) });
      path.append(element("title", {}, describe.step(step, grams)));
      svg.append(path);
    }
  });
  picture.points.forEach((point, i) => {
    const group = element("g", {});
    const kind = i === 0 ? "asked" : point.lot ? "lot" : "outside";
    group.append(element("rect", { x: x(i), y: y(i), width: kBox, height: kHeight, rx: 4, class: kind }));
    const [first, second] = describe.point(point);
    const cut = (text) => (text.length > 23 ? text.slice(0, 22) + "…" : text);
    group.append(element("text", { x: x(i) + 6, y: y(i) + 15 }, cut(first)));
    group.append(element("text", { x: x(i) + 6, y: y(i) + 30, class: "soft" }, cut(second) + (point.open ? " …" : "")));
    group.append(element("title", {}, `${first}\n${second}`));
    svg.append(group);
  });
  return svg;
}
