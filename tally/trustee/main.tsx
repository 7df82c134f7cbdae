/** The committee's pages: one bundle, the page says which of them it is. */

import './trustee.css';

import { type JSX, render } from 'preact';

import { session } from '../../web/ts/api.ts';
import { loadTexts } from '../../web/ts/i18n.ts';
import { CommitteePage } from './committee_page.tsx';
import { JoinPage } from './join_page.tsx';
import { LeaderPage } from './leader_page.tsx';

const root = document.getElementById('trustee');
if (root === null) throw new TypeError('the page has no place for the committee');
void start(root);

async function start(place: HTMLElement): Promise<void> {
  const [{ roles }] = await Promise.all([session(), loadTexts()]);
  const page = choose(place, roles.includes('leader'));
  place.replaceChildren();
  render(page, place);
}

function choose(place: HTMLElement, leads: boolean): JSX.Element {
  const { page, uuid = '' } = place.dataset;
  if (page === 'committee') return <CommitteePage uuid={uuid} leads={leads} />;
  return page === 'leader' ? <LeaderPage /> : <JoinPage />;
}
