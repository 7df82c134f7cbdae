/** The totals of every section, with their verdicts. */

import { Fragment, type JSX } from 'preact';

import { number, t } from '../../web/ts/i18n.ts';
import type { Result, Rule, SectionResult, Verdict } from './types.ts';

export function ResultTable({ result }: { readonly result: Result }): JSX.Element {
  return (
    <section class="stack" data-testid="result">
      {result.sections.map((section, index) => (
        <Fragment key={index}>
          {section.part !== '' && section.part !== result.sections[index - 1]?.part && (
            <h2 class="part">{section.part}</h2>
          )}
          <Section section={section} />
        </Fragment>
      ))}
    </section>
  );
}

type Column = 'agree' | 'disagree' | 'unmarked';

/** Choosing among names has no "không đồng ý". */
const COLUMNS: Readonly<Record<SectionResult['style'], readonly Column[]>> = {
  'agree-disagree': ['agree', 'disagree', 'unmarked'],
  select: ['agree', 'unmarked'],
  motion: ['agree', 'disagree', 'unmarked'],
};

function Section({ section }: { readonly section: SectionResult }): JSX.Element {
  const { part, style, verdicts } = section;
  const Title = part === '' ? 'h2' : 'h3';
  return (
    <article class="card">
      <Title>{titleOf(section)}</Title>
      <p class="muted">{ruleText(section)}</p>
      <div class="scroll">
        <table class="rows result">
          <thead>
            <tr>
              <th scope="col">
                {t(style === 'motion' ? 'tally.table.motion' : 'tally.table.name')}
              </th>
              {COLUMNS[style].map((column) => (
                <th key={column} scope="col" class="count">{heading(section, column)}</th>
              ))}
              <th scope="col" class="count share">{t('tally.table.share')}</th>
              <th scope="col">{t('tally.table.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {verdicts.map((verdict, index) => (
              <Row key={index} number={index + 1} verdict={verdict} section={section} />
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

function titleOf({ title: name, term, purpose }: SectionResult): string {
  const title = term === '' ? name : t('tally.result.of_term', { title: name, term });
  return purpose === 'remove' ? t('tally.result.removal', { title }) : title;
}

/** What a column counts: "Đồng ý" to a nominee is not "Đồng ý đưa ra". */
function heading({ style, purpose }: SectionResult, column: Column): string {
  if (style !== 'agree-disagree') return t(`tally.table.${style}.${column}`);
  const removes = purpose === 'remove' && column !== 'unmarked';
  return t(removes ? `tally.table.remove.${column}` : `tally.table.${column}`);
}

const TAGS = {
  passed: 'good', below: '', over_quota: 'wait', tied: 'wait', noted: '',
} as const;
type Kind = keyof typeof TAGS;

function Row({ number: place, verdict, section }: {
  readonly number: number; readonly verdict: Verdict; readonly section: SectionResult;
}): JSX.Element {
  const kind = isOpen(section.rule) && verdict.outcome === 'passed' ? 'noted' : verdict.outcome;
  return (
    <tr data-testid={`verdict-${place}`} data-outcome={verdict.outcome}>
      <td>{section.style === 'motion' ? verdict.name : `${place}. ${verdict.name}`}</td>
      {COLUMNS[section.style].map((column) => (
        <td key={column} class={column === 'agree' ? 'count strong' : 'count'}
          data-label={heading(section, column)}>{number(verdict[column])}</td>
      ))}
      <td class="count share">
        {t('tally.table.of', { agree: verdict.agree, out_of: verdict.out_of })}
      </td>
      <td><span class={`tag ${removes(section, kind) ? 'wait' : TAGS[kind]}`}>{outcomeText(section, kind)}</span></td>
    </tr>
  );
}

/** Enough to leave the plan is nothing to be green about. */
function removes({ purpose }: SectionResult, kind: Kind): boolean {
  return purpose === 'remove' && kind === 'passed';
}

function outcomeText({ purpose, rule }: SectionResult, kind: Kind): string {
  if (kind === 'tied' && rule.decider) {
    return t('tally.outcome.tied_by', { decider: rule.decider });
  }
  const leaves = purpose === 'remove' && (kind === 'passed' || kind === 'below');
  return t(leaves ? `tally.outcome.remove.${kind}` : `tally.outcome.${kind}`);
}

/** The rule in words, with the fewest votes that pass. */
function ruleText({ rule, verdicts, purpose }: SectionResult): string {
  const [verdict] = verdicts;
  if (verdict === undefined) return '';
  const kind = isOpen(rule) ? 'open' : rule.strict ? 'more_than' : 'at_least';
  const removes = purpose === 'remove' && kind !== 'open';
  const said = [t(removes ? `tally.rule.remove.${kind}` : `tally.rule.${kind}`, {
    share: shareText(rule.share), base: t(`tally.base.${rule.of}`),
    out_of: verdict.out_of, needed: verdict.needed,
  })];
  if (rule.quota !== undefined) said.push(t('tally.rule.quota', { quota: rule.quota }));
  if (rule.decider) said.push(t('tally.rule.decider', { decider: rule.decider }));
  return said.join(' ');
}

/** No threshold applies: the votes are taken note of. */
function isOpen({ share }: Rule): boolean {
  return Number(share.split('/')[0]) === 0;
}

/** "3/10" as 30 %; a share that is no whole percentage stays a fraction. */
function shareText(share: string): string {
  const [top = 0, bottom = 1] = share.split('/').map(Number);
  const percent = (100 * top) / bottom;
  return Number.isInteger(percent) ? `${percent}%` : share;
}
