import type { Row } from './api';

const namespace = 'http://www.w3.org/2000/svg';
const [height, left, top, bottom] = [200, 40, 12, 22];
const minWidth = 260;
const mostBars = 366;

export interface Bar {
  readonly label: string;
  readonly title: string;
  readonly sheets: number;
}

/** Days in between on which nothing was printed are bars of their own; of others the largest come first. */
export function barRows(by: string, rows: readonly Row[]): readonly Row[] {
  if (by !== 'day') return [...rows].sort((a, b) => b.sheets - a.sheets).slice(0, 30);
  const known = new Map(rows.map((row) => [row.key, row]));
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return [];
  const days: Row[] = [];
  for (
    let at = Date.parse(first.key);
    at <= Date.parse(last.key) && days.length < mostBars;
    at += 86_400_000
  ) {
    const key = new Date(at).toISOString().slice(0, 10);
    days.push(known.get(key) ?? { key, label: key, prints: 0, sheets: 0 });
  }
  return days;
}

/** One bar a row; each says its number to who points at it, or reads it out. */
export function chart(bars: readonly Bar[], room: number, number: (value: number) => string): SVGElement {
  const width = Math.max(minWidth, room);
  const svg = make('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img' });
  const max = Math.max(1, ...bars.map((bar) => bar.sheets));
  const y = (value: number) => top + (height - top - bottom) * (1 - value / max);
  for (const value of [...new Set([0, Math.ceil(max / 2), max])]) {
    svg.append(make('line', { x1: left, x2: width, y1: y(value), y2: y(value) }));
    svg.append(make('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value)));
  }
  const step = (width - left) / Math.max(7, bars.length);
  bars.forEach((bar, i) => {
    const x = left + i * step + step * 0.1;
    const group = make('g', {});
    group.append(make('title', {}, bar.title));
    group.append(make('rect', { x, y: y(bar.sheets), width: step * 0.8, height: y(0) - y(bar.sheets) }));
    svg.append(group);
    if (i % Math.max(1, Math.ceil((bars.length * 70) / (width - left))) === 0) {
      svg.append(make('text', { x, y: height - 6 }, bar.label));
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
