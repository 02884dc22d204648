/* Changes on their way to the server: one after the other, in the order they were made, each under
   an id that stays the same however often it is tried, so that it is done once. Kept in this browser
   until the server has answered. Knows nothing of cells: it reports to `listen`. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const [FIRST_WAIT, LONGEST_WAIT] = [2000, 30000]; // milliseconds

  class Queue {
    constructor(address, owner, token, listen) {
      Object.assign(this, { address, token, listen, busy: false, stopped: false, wait: 0, timer: 0, held: [] });
      this.store = new thidua.Store(`thidua.queue.${owner}.${address}.`);
      this.entries = this.store.all();
      window.addEventListener("online", () => this.resume());
    }

    drop(entry) {
      this.entries = this.entries.filter((one) => one !== entry);
      this.held = this.held.filter((one) => one !== entry);
      this.store.remove(entry);
    }

    /* Answered, but not taken: a person decides. Stays in this browser until they have. */
    hold(entry) {
      this.entries = this.entries.filter((one) => one !== entry);
      this.held.push(entry);
    }

    /* The person has decided: what was held of the cell is no longer wanted. */
    release(code, field) {
      this.held.filter((one) => one.code === code && one.field === field).forEach((one) => this.drop(one));
    }

    latest(code, field) {
      return this.entries.filter((one) => one.code === code && one.field === field).pop();
    }

    /* A change that was never tried gives way to a newer one of the same cell. */
    add(change) {
      const last = this.latest(change.code, change.field);
      const was = last && !last.tried ? last.was : change.was;
      if (last && !last.tried) this.drop(last);
      this.release(change.code, change.field);
      const end = this.entries[this.entries.length - 1];
      const order = Math.max(Date.now(), end ? end.order + 1 : 0);
      const entry = { ...change, was, request_id: thidua.freshId(), order, tried: false };
      this.entries.push(entry);
      this.store.put(entry);
      this.run();
    }

    /* Changes of a line that waited behind a save rest on the version it made. */
    rebase(saved, version) {
      const waiting = this.entries.filter((one) => one.code === saved.code && one.seen === saved.seen && !one.tried);
      waiting.forEach((one) => this.store.put(Object.assign(one, { seen: String(version) })));
    }

    resume() {
      clearTimeout(this.timer);
      Object.assign(this, { stopped: false, wait: 0 });
      this.run();
    }

    async run() {
      if (this.busy || this.stopped) return;
      this.busy = true;
      while (this.entries.length && (await this.next(this.entries[0])));
      this.busy = false;
    }

    /* Tries one change; answers whether to go on with the following one. */
    async next(entry) {
      this.store.put(Object.assign(entry, { tried: true }));
      const [outcome, answer] = await thidua.send(this.address, this.token(), entry);
      const done = outcome !== "offline" && outcome !== "stopped";
      this.wait = outcome === "offline" ? Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, this.wait * 2)) : 0;
      if (outcome === "saved") this.drop(entry);
      else if (done) this.hold(entry);
      if (outcome === "saved") this.rebase(entry, answer.version);
      clearTimeout(this.timer);
      if (outcome === "offline") this.timer = setTimeout(() => this.run(), this.wait);
      this.stopped = outcome === "stopped";
      this.tell(outcome, entry, answer);
      return done;
    }

    /* What goes wrong while an answer is shown must not hold up the changes behind it. */
    tell(outcome, entry, answer) {
      try {
        this.listen(outcome, entry, answer);
      } catch (problem) {
        reportError(problem);
      }
    }
  }

  thidua.Queue = Queue;
})();
