/**
 * Hearing that something changed.
 *
 * A hint says only which topic changed; the page then asks over HTTP. Hints may be
 * lost, so every watcher is also called now and then, more often while the hint
 * channel is down. A callback never runs twice at the same time.
 */

import { io, type Socket } from 'socket.io-client';

export interface WatchOptions {
  /** How often to look again although no hint came, while the channel is up. */
  readonly everySeconds?: number;
  /** How often to look again while the channel is down. */
  readonly everySecondsAlone?: number;
}

type Look = () => unknown;

let socket: Socket | undefined;
const topics = new Map<string, Set<Look>>();

/**
 * Call `look` now, whenever `topic` changes, and now and then.
 * Returns a function that stops watching.
 */
export function watch(topic: string, look: Look, options: WatchOptions = {}): () => void {
  const { everySeconds = 20, everySecondsAlone = 3 } = options;
  const guarded = oneAtATime(look);
  join(topic, guarded);
  let sinceLast = 0;
  const timer = setInterval(() => {
    sinceLast += 1;
    if (sinceLast < (socket?.connected ? everySeconds : everySecondsAlone)) return;
    sinceLast = 0;
    guarded();
  }, 1000);
  guarded();
  return () => {
    clearInterval(timer);
    topics.get(topic)?.delete(guarded);
  };
}

function join(topic: string, look: Look): void {
  const looks = topics.get(topic) ?? new Set();
  const known = topics.has(topic);
  topics.set(topic, looks.add(look));
  if (!socket) socket = connect();
  else if (!known && socket.connected) socket.emit('watch', { topic });
}

function connect(): Socket {
  const opened = io({ transports: ['websocket', 'polling'], reconnectionDelayMax: 5000 });
  opened.on('connect', () => {
    for (const [topic, looks] of topics) {
      opened.emit('watch', { topic });
      looks.forEach((look) => look()); // something may have changed meanwhile
    }
  });
  opened.on('changed', (hint: unknown) => {
    const topic = (hint as { topic?: unknown } | null)?.topic;
    if (typeof topic === 'string') topics.get(topic)?.forEach((look) => look());
  });
  return opened;
}

/** Run `look`; if asked meanwhile, run it once more at the end. */
function oneAtATime(look: Look): Look {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await look();
      } while (again);
    } catch {
      again = false; // the next hint or the clock tries anew
    } finally {
      running = false;
    }
  };
  return () => void run();
}
