import { create } from '../ui/dom';
import type { Grain, Overview, Silo, Statistics } from './overview';
import type { ClusterTexts } from './texts';

/** Older figures are said to be old; a silo tells every 2 s. */
const staleAfterSeconds = 8;

export function summaryOf(overview: Overview, texts: ClusterTexts): string {
  if (overview.cluster === null) return texts.text('alone');
  const active = overview.silos.filter((silo) => silo.state === 'active').length;
  const form = new Intl.PluralRules(texts.language).select(active) === 'one' ? 'one' : 'other';
  return texts.text(`summary.${form}`, { cluster: overview.cluster, view: overview.view, active });
}

export function siloItem(silo: Silo, texts: ClusterTexts): HTMLLIElement {
  const state = create('span', `badge badge-${silo.state}`, texts.text(silo.state));
  const head = create('p', 'silo-head', create('strong', '', silo.id), state);
  if (silo.doubt) head.append(create('span', 'badge badge-doubt', texts.text(silo.doubt)));
  const item = create('li', 'card silo', head);
  if (silo.leaseAge !== null) {
    const age = texts.number(silo.leaseAge, 1);
    const heard =
      silo.leaseLeft === null
        ? texts.text('heard', { age })
        : texts.text('lease', { age, left: texts.number(silo.leaseLeft, 1) });
    item.append(create('p', 'soft', `${texts.text('epoch', { epoch: silo.epoch })} · ${heard}`));
  }
  if (!silo.statistics) {
    item.append(create('p', 'soft', texts.text('silent')));
    return item;
  }
  item.append(create('p', 'soft', factsOf(silo.statistics, texts)));
  if ((silo.statisticsAge ?? 0) > staleAfterSeconds) {
    item.append(
      create('p', 'problem', texts.text('stale', { seconds: texts.number(silo.statisticsAge ?? 0) })),
    );
  }
  const { grains } = silo.statistics;
  item.append(grains.length > 0 ? grainTable(grains, texts) : create('p', 'soft', texts.text('empty')));
  return item;
}

function factsOf(statistics: Statistics, texts: ClusterTexts): string {
  return texts.text('facts', {
    version: statistics.version,
    memory: texts.number(statistics.memoryBytes / 1024 / 1024),
    started: texts.moment(statistics.startedAt),
  });
}

function grainTable(grains: readonly Grain[], texts: ClusterTexts): HTMLTableElement {
  const head = create(
    'thead',
    '',
    row('th', texts.text('grains'), texts.text('activations'), texts.text('calls')),
  );
  const all: Grain = {
    type: texts.text('all'),
    activations: grains.reduce((sum, grain) => sum + grain.activations, 0),
    callsPerSecond: grains.reduce((sum, grain) => sum + grain.callsPerSecond, 0),
  };
  const rows = [...grains, all].map((grain) =>
    row('td', grain.type, texts.number(grain.activations), texts.number(grain.callsPerSecond, 1)),
  );
  return create('table', '', head, create('tbody', '', ...rows));
}

function row(cell: 'th' | 'td', ...columns: readonly string[]): HTMLTableRowElement {
  return create('tr', '', ...columns.map((column) => create(cell, '', column)));
}
