/** What every page of the console does. */

import { loadTexts } from '../../web/ts/i18n.ts';
import { installButtons } from './parts/buttons.ts';
import { installConferenceForm } from './parts/conference_form.ts';
import { installCopying } from './parts/copying.ts';
import { installImports } from './parts/imports.ts';
import { installTemplates } from './parts/letterheads.ts';
import { installLive } from './parts/live.ts';
import { installNeeded } from './parts/needed.ts';
import { installNextStep } from './parts/next_step.ts';
import { installPairing } from './parts/pairing.ts';
import { installProgress } from './parts/progress.ts';
import { installRegister } from './parts/register.ts';
import { installRollCall } from './parts/roll_call.ts';
import { installSummons } from './parts/summons.ts';
import { installTies } from './parts/tie.ts';

installButtons();
installCopying();
installImports();
installNeeded();
installNextStep();
installPairing();
installProgress();
installRegister();
installRollCall();
installTemplates();
installTies();
installLive();
const texts = loadTexts().catch(() => undefined);
void texts.then(installConferenceForm); // it says much
void texts.then(installSummons);
