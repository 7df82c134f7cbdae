/** Line by line: what the service counted, and what this browser counted. */

import type { JSX } from 'preact';

import { number, t } from '../../web/ts/i18n.ts';
import type { OwnResult } from './own_result.ts';
import { answersOf } from './recount.ts';
import type { Result } from './types.ts';

interface Line {
  readonly name: string;
  readonly service: readonly number[];
  readonly own: readonly number[] | undefined;
}

export function CountTable({ result, found }: {
  readonly result: Result; readonly found: OwnResult;
}): JSX.Element | null {
  const own = found.counted?.result;
  if (own === undefined) return null;
  return (
    <details class="card" data-testid="count-table">
      <summary>{t('tally.counts.lines')}</summary>
      <p class="muted">{t('tally.counts.lines_text')}</p>
      <div class="scroll">
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{t('tally.table.name')}</th>
              <th scope="col" class="count">{t('tally.counts.service')}</th>
              <th scope="col" class="count">{t('tally.counts.mine')}</th>
              <th scope="col">{t('tally.counts.same')}</th>
            </tr>
          </thead>
          <tbody>
            {linesOf(result, own).map((line, index) => <Row key={index} line={line} />)}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Row({ line: { name, service, own } }: { readonly line: Line }): JSX.Element {
  const same = own !== undefined && String(service) === String(own);
  return (
    <tr>
      <td>{name}</td>
      <td class="count">{shown(service)}</td>
      <td class="count">{shown(own)}</td>
      <td>
        <span class={`tag ${same ? 'good' : 'stop'}`}>
          {same ? `✓ ${t('tally.counts.line_same')}` : `✗ ${t('tally.counts.line_differs')}`}
        </span>
      </td>
    </tr>
  );
}

/** One line a name: where all names share a question, each has one of its answers. */
function linesOf(result: Result, own: readonly (readonly number[])[]): Line[] {
  let question = 0;
  return result.sections.flatMap((section) => {
    const first = question;
    const mine = answersOf({ sections: [section] });
    question += mine.length;
    return section.verdicts.map(({ name }, index): Line => {
      const at = section.style === 'select' ? first : first + index;
      const service = mine[at - first] ?? [];
      const counted = own[at];
      if (section.style !== 'select') return { name, service, own: counted };
      const votes = counted?.[index];
      return {
        name, service: [service[index] ?? 0], own: votes === undefined ? undefined : [votes],
      };
    });
  });
}

function shown(votes: readonly number[] | undefined): string {
  return votes === undefined ? '–' : votes.map(number).join(' / ');
}
