/** Something to wait at: until it rings, until a while has passed, or not at all when it rang since the last wait. */
export class Doorbell {
  #rung = false;
  #wake = (): void => undefined;

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** @param ms how long at most */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) await this.#ringOrTime(ms);
    this.#rung = false;
  }

  #ringOrTime(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
