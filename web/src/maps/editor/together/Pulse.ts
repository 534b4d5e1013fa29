/** Between two questions, in milliseconds. */
const BEAT = 2000;
/** So many questions may be without an answer. */
const PATIENCE = 3;
/** At first the room may have to read the map. */
const FIRST_PATIENCE = 5;

/** Asks again and again whether the other end still answers: a line can die without being closed. */
export class Pulse {
  readonly #ask: () => void;
  readonly #onDead: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;
  #patience = FIRST_PATIENCE;

  constructor(ask: () => void, onDead: () => void) {
    this.#ask = ask;
    this.#onDead = onDead;
  }

  start(): void {
    this.stop();
    this.#unanswered = 0;
    this.#patience = FIRST_PATIENCE;
    this.#timer = setInterval(this.#beat, BEAT);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Something came. */
  answered(): void {
    this.#unanswered = 0;
    this.#patience = PATIENCE;
  }

  /** Ask at once, and wait for the answer no longer than to the next beat. */
  doubt(): void {
    if (this.#timer === undefined) return;
    this.start();
    this.#patience = 1;
    this.#beat();
  }

  readonly #beat = (): void => {
    if (this.#unanswered >= this.#patience) {
      this.#onDead();
      return;
    }
    this.#unanswered += 1;
    this.#ask();
  };
}
