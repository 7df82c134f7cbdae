import type { JSX } from 'preact';
import type { Nominee } from '../paper.ts';

/** Who stands on a line: the name, then what is known, joined by dots. */
export function NomineeText({ nominee }: { readonly nominee: Nominee }): JSX.Element {
  const facts = [nominee.birth_year, nominee.post].filter(Boolean);
  return (
    <div class="who">
      <div class="name">{nominee.name}</div>
      {facts.length > 0 && <div class="sub">{facts.join(' · ')}</div>}
    </div>
  );
}
