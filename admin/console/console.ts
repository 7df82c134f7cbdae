/** What every page of the console does. */

import { loadTexts } from '../../web/ts/i18n.ts';
import { installButtons } from './parts/buttons.ts';
import { installConferenceForm } from './parts/conference_form.ts';
import { installImports } from './parts/imports.ts';
import { installLive } from './parts/live.ts';
import { installNeeded } from './parts/needed.ts';
import { installNextStep } from './parts/next_step.ts';
import { installPairing } from './parts/pairing.ts';
import { installRegister } from './parts/register.ts';
import { installRollCall } from './parts/roll_call.ts';
import { installSummons } from './parts/summons.ts';
import { installTies } from './parts/tie.ts';

installButtons();
installImports();
installNeeded();
installNextStep();
installPairing();
installRegister();
installRollCall();
installTies();
installLive();
const texts = loadTexts().catch(() => undefined);
void texts.then(installConferenceForm); // it says much
void texts.then(installSummons);
