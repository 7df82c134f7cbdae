/**
 * What the secretary chooses where a document is silent, as the API takes it.
 *
 * Only what the step leaves unstated may be sent; a choice that nobody made is left
 * out, and the service says which one is missing.
 */

export interface Threshold {
  readonly share: string;
  readonly strict: boolean;
  readonly of: string;
}

export interface Choices {
  quorum?: string;
  held?: boolean;
  secret?: boolean;
  announced?: boolean;
  rule?: Threshold | 'none';
  tie?: string;
}

/** What a form says of the choices: the text of a field, '' if it is not there. */
export interface Fields {
  text(name: string): string;
  ticked(name: string): boolean;
  /** The attribute `data-<part>` of the option that a list has chosen. */
  option(name: string, part: string): string;
}

const FRACTION = /^(\d{1,4})\s*\/\s*(\d{1,4})$/;
const PERCENT = /^(\d{1,3})(?:[.,](\d))?\s*%$/;
const OTHER = 'other'; // the option that opens a field of its own

/** A share as the service reads it: "2/3" stays, "62,5%" becomes "5/8"; '' if it is none. */
export function shareOf(typed: string): string {
  const text = typed.trim();
  const fraction = FRACTION.exec(text);
  if (fraction) return reduced(Number(fraction[1]), Number(fraction[2]));
  const percent = PERCENT.exec(text);
  if (!percent) return '';
  const decimals = percent[2] ?? '';
  return reduced(Number(`${percent[1]}${decimals}`), 100 * 10 ** decimals.length);
}

/** The choices of one ballot, only those that its step leaves open. */
export function choicesOf(unstated: readonly string[], fields: Fields): Choices {
  const choices: Choices = {};
  for (const key of unstated) {
    if (key === 'held' || key === 'secret') choices[key] = fields.ticked(key);
    else if (key === 'announced') chooseAnnounced(choices, fields.text(key));
    else if (key === 'quorum') chooseQuorum(choices, fields);
    else if (key === 'rule') chooseRule(choices, fields);
    else if (key === 'tie' && fields.text(key) !== '') choices.tie = fields.text(key);
  }
  return choices;
}

/** What the share of a ballot is measured against, as chosen or as stated. */
export function baseOf(stated: string, fields: Fields): string {
  const chosen = fields.text('rule');
  if (stated !== '' || chosen === '') return stated;
  return chosen === OTHER ? fields.text('rule_base') : fields.option('rule', 'base');
}

function chooseAnnounced(choices: Choices, said: string): void {
  if (said !== '') choices.announced = said === 'yes';
}

function chooseQuorum(choices: Choices, fields: Fields): void {
  const said = fields.text('quorum');
  if (said === '') return;
  choices.quorum = said === OTHER ? shareOf(fields.text('quorum_share')) : said;
}

function chooseRule(choices: Choices, fields: Fields): void {
  const said = fields.text('rule');
  if (said === '') return;
  if (said === 'none') choices.rule = 'none';
  else if (said === OTHER) {
    choices.rule = {
      share: shareOf(fields.text('rule_share')),
      strict: fields.text('rule_strict') === 'yes',
      of: fields.text('rule_base'),
    };
  } else {
    choices.rule = {
      share: said,
      strict: fields.option('rule', 'strict') === 'yes',
      of: fields.option('rule', 'base'),
    };
  }
}

function reduced(above: number, below: number): string {
  const common = divisor(above, below);
  const part = above > 0 && below > 0 && above <= below;
  return part ? `${above / common}/${below / common}` : '';
}

function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}
