/* Changes on their way to the server: one after the other, in the order they were made, each under
   an id that stays the same however often it is tried, so that it is done once. Kept in memory and
   in this browser until the server has answered. Knows nothing of cells: it reports to `listen`. */
(function () {
  "use strict";
  const thidua = (window.thidua = window.thidua || {});
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 30000;

  class Queue {
    constructor(address, owner, token, listen) {
      Object.assign(this, { address, token, listen, busy: false, stopped: false, wait: 0, timer: 0, held: [] });
      this.prefix = `thidua.queue.${owner}.${address}.`;
      this.entries = this.load();
      window.addEventListener("online", () => this.resume());
    }

    load() {
      try {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
        return keys.map((key) => JSON.parse(localStorage.getItem(key))).sort((a, b) => a.order - b.order);
      } catch (blocked) {
        return [];
      }
    }

    keep(entry) {
      try {
        localStorage.setItem(this.prefix + entry.request_id, JSON.stringify(entry));
      } catch (blocked) {
        /* Memory still holds it; leaving the page warns. */
      }
    }

    drop(entry) {
      this.entries = this.entries.filter((one) => one !== entry);
      this.held = this.held.filter((one) => one !== entry);
      try {
        localStorage.removeItem(this.prefix + entry.request_id);
      } catch (blocked) {
        /* Nothing was kept. */
      }
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
      const replaces = last && !last.tried;
      const was = replaces ? last.was : change.was;
      if (replaces) this.drop(last);
      this.release(change.code, change.field);
      const end = this.entries[this.entries.length - 1];
      const order = Math.max(Date.now(), end ? end.order + 1 : 0);
      const entry = { ...change, was, request_id: thidua.freshId(), order, tried: false };
      this.entries.push(entry);
      this.keep(entry);
      this.run();
    }

    /* Changes of a line that waited behind a save rest on the version it made. */
    rebase(saved, version) {
      const waiting = this.entries.filter((one) => one.code === saved.code && one.seen === saved.seen && !one.tried);
      waiting.forEach((one) => this.keep(Object.assign(one, { seen: String(version) })));
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
      this.keep(Object.assign(entry, { tried: true }));
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
        setTimeout(() => {
          throw problem;
        });
      }
    }
  }

  thidua.Queue = Queue;
})();
