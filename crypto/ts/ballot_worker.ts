/** Entry point of the ballot worker's bundle. */

import { BallotService, type Port } from './ballot_service.ts';

new BallotService(globalThis as unknown as Port);
