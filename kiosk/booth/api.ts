/** The tablet's requests to its ballot box. */

import * as http from '../../web/ts/api.ts';
import type { BoothApi } from './sending.ts';
import type { Listed } from './state.ts';

const PATIENCE_MS = 15_000; // then the connection counts as lost

export const api: BoothApi = {
  async pair(code) {
    await http.post('/api/booth/pair', { code });
  },
  async elections() {
    const answer = await http.get<{ elections: Listed[] }>('/api/booth/elections', soon());
    return answer.elections;
  },
  async checkCard(uuid, credential) {
    const path = `/api/elections/${uuid}/cards/check`;
    return (await http.post<{ status: string }>(path, { credential }, soon())).status;
  },
  async electionText(uuid) {
    return await http.getText(`/api/elections/${uuid}/election.json`, soon());
  },
  async cast(uuid, ballot) {
    const path = `/api/elections/${uuid}/ballots`;
    return (await http.post<{ tracker: string }>(path, ballot, soon())).tracker;
  },
  async heartbeat(busy) {
    await http.post('/api/booth/state', { busy }, soon());
  },
};

function soon(): http.RequestOptions {
  return { signal: AbortSignal.timeout(PATIENCE_MS) };
}
