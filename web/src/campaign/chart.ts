import type { Quarter } from './statistics';
import type { CampaignTexts } from './texts';

const namespace = 'http://www.w3.org/2000/svg';
const quarterMs = 900_000;
const shown = 96;
const [height, left, top, bottom] = [220, 34, 12, 22];
const minWidth = 260;

/** Every quarter of the last 24 hours up to the newest, those in which nothing happened too. */
export function lastDay(quarters: readonly Quarter[]): Quarter[] {
  const newest = quarters.at(-1);
  if (!newest) return [];
  const known = new Map(quarters.map((quarter) => [Date.parse(quarter.start), quarter]));
  const end = Date.parse(newest.start);
  const earliest = Math.max(end - (shown - 1) * quarterMs, Math.min(...known.keys()));
  return Array.from({ length: (end - earliest) / quarterMs + 1 }, (_, i) => {
    const at = earliest + i * quarterMs;
    return known.get(at) ?? { start: new Date(at).toISOString(), entries: 0, exits: 0, refused: 0 };
  });
}

/** Three bars a quarter; each says its numbers to who points at it, or reads it out. */
export function chart(quarters: readonly Quarter[], texts: CampaignTexts, room: number): SVGElement {
  const width = Math.max(minWidth, room);
  const svg = make('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img' });
  const max = Math.max(1, ...quarters.flatMap((q) => [q.entries, q.exits, q.refused]));
  const y = (value: number) => top + (height - top - bottom) * (1 - Math.max(0, value) / max);
  for (const value of [...new Set([0, Math.ceil(max / 2), max])]) {
    svg.append(make('line', { x1: left, x2: width, y1: y(value), y2: y(value) }));
    svg.append(make('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, texts.number(value)));
  }
  const step = (width - left) / Math.max(12, quarters.length);
  const bar = (step * 0.8) / 3;
  quarters.forEach((quarter, i) => {
    const x = left + i * step + step * 0.1;
    const time = texts.hour(new Date(quarter.start));
    const { entries, exits, refused } = quarter;
    const group = make('g', {});
    group.append(make('title', {}, texts.text('bar', { time, entries, exits, refused })));
    [entries, exits, refused].forEach((value, part) => {
      const kind = ['entries', 'exits', 'refused'][part]!;
      const size = { x: x + part * bar, y: y(value), width: bar, height: y(0) - y(value) };
      group.append(make('rect', { class: `bar-${kind}`, ...size }));
    });
    svg.append(group);
    if (i % Math.max(1, Math.ceil((quarters.length * 60) / (width - left))) === 0) {
      svg.append(make('text', { x, y: height - 6 }, time));
    }
  });
  return svg;
}

function make(tag: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text) element.textContent = text;
  return element;
}
