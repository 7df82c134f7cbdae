/** Long work in slices, so that a page stays alive. */

/** Long enough to be efficient, short enough not to be felt. */
const SLICE_MS = 50;

export class Pace {
  #until = performance.now() + SLICE_MS;

  /** Whether it is time to let the page do something else. */
  get due(): boolean {
    return performance.now() >= this.#until;
  }

  async rest(): Promise<void> {
    await nextTurn();
    this.#until = performance.now() + SLICE_MS;
  }
}

/** Do all of the work, resting whenever a slice is over. */
export async function paced<T>(
  work: Generator<unknown, T>, pace: Pace, onStep: () => void = () => undefined,
): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    onStep();
    if (pace.due) await pace.rest();
  }
}

/** Do all of the work at once. */
export function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Not a timer: those of a page in the background run once a second, or a minute. */
function nextTurn(): Promise<void> {
  return new Promise((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(null);
  });
}
