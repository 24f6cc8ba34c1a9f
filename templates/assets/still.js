/* What still drawings have in common: the card beside a mark, and the loading of what draws in their place when the
   reader reaches for them. */
(() => {
  "use strict";

  // How long the pointer rests before the drawing is loaded, and how long the card stays when the pointer leaves it.
  const REST = 350;
  const LINGER = 250;

  const coarse = matchMedia("(pointer: coarse)");
  const loaded = new Map();

  const loadOne = (source) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.async = false;
      script.src = source;
      script.dataset.loaded = "";
      script.onload = done;
      script.onerror = () => {
        loaded.delete(source);
        script.remove();
        failed(new Error(source));
      };
      document.head.append(script);
    });

  /** Loads what is not there yet, to run in order: the data last, and again where what draws them was not there. */
  const load = (sources) => {
    if (sources.some((source) => !loaded.has(source))) loaded.delete(sources.at(-1));
    for (const source of sources) {
      if (!loaded.has(source)) loaded.set(source, loadOne(source));
    }
    return Promise.all(sources.map((source) => loaded.get(source)));
  };

  /** The card of a drawing, shown beside a mark and hidden again; `explored` returns what is drawn in its place. */
  const cardOf = ({ frame, card, explored, highest, ended }) => {
    let hiding = 0;
    const own = {
      mark: null, // the one that the card tells of

      /** Shows the card above a box of the window, or below it where there is no room, never outside of the frame. */
      show: (box, mark = null) => {
        clearTimeout(hiding);
        card.hidden = false;
        own.mark = mark;
        const outer = frame.getBoundingClientRect();
        const { width, height } = card.getBoundingClientRect();
        const left = Math.min((box.left + box.right) / 2 - width / 2, outer.right - width);
        const above = box.top - height - 6;
        card.style.left = `${Math.max(0, left - outer.left)}px`;
        card.style.top = `${(above >= highest(outer) ? above : box.bottom + 6) - outer.top}px`;
      },

      stay: () => clearTimeout(hiding),

      /** Hides the card; what had the focus in it hands it back to where it came from. */
      hide: () => {
        clearTimeout(hiding);
        const focused = card.contains(document.activeElement);
        const from = explored() || own.mark;
        card.hidden = true;
        own.mark = null;
        ended();
        if (focused && from) from.focus({ preventScroll: true });
      },

      hideSoon: () => {
        clearTimeout(hiding);
        hiding = setTimeout(own.hide, LINGER);
      },
    };
    return own;
  };

  const mouse = (event) => event.pointerType === "mouse";

  const markOf = ({ target }, { marks }) => (target.closest ? target.closest(marks) : null);

  /** Returns what a frame does at each event of a pointer that is led over it. */
  const hovering = (given, shown, now) => ({
    pointermove: (event) => mouse(event) && !given.explored() && now.rest(),
    pointerleave: () => clearTimeout(now.resting),
    pointerover: (event) => {
      if (given.card.contains(event.target)) shown.stay();
      const mark = markOf(event, given);
      if (mark && mouse(event)) given.tell(mark, false);
    },
    pointerout: (event) => {
      const { card } = given;
      const to = event.relatedTarget;
      if (!mouse(event) || card.hidden || (to && (card.contains(to) || shown.mark?.contains(to)))) return;
      if (shown.mark ? shown.mark !== document.activeElement : card.contains(event.target)) shown.hideSoon();
    },
  });

  /** Returns what a frame does at a tap, and where the focus comes and goes. */
  const reaching = (given, shown, now) => ({
    click: (event) => {
      if (!now.touched) return;
      const mark = markOf(event, given);
      if (mark) {
        event.preventDefault();
        given.tell(mark, true);
      } else if (!given.card.contains(event.target) && !given.explored()) shown.hide();
    },
    focusin: (event) => {
      const mark = markOf(event, given);
      if (!mark || !mark.matches(":focus-visible")) return;
      if (!now.touched) given.tell(mark, false);
      now.rest();
    },
    focusout: (event) => {
      clearTimeout(now.resting);
      if (shown.mark && !given.card.contains(event.relatedTarget) && !now.touched) shown.hide();
    },
  });

  /**
   * Watches a still drawing: tells of the mark under the pointer, the finger or the focus, and when one reaches for it.
   * `given` holds its `frame` and `card`; `marks`, a selector; `tell(mark, byTouch)`; `reach()`; `explored()`, the
   * element that is drawn in its place, if any; `highest(box of the frame)`, how high in the window the card may begin;
   * `ended()`, called when the card is hidden; `escapes(element)`, whether Escape there is not for the card.
   */
  const watch = (given) => {
    const { frame, card } = given;
    const shown = cardOf(given);
    const now = { touched: false, resting: 0 };
    now.rest = () => {
      clearTimeout(now.resting);
      now.resting = setTimeout(() => coarse.matches || given.reach(), REST);
    };
    const answers = { ...hovering(given, shown, now), ...reaching(given, shown, now) };
    for (const [name, answer] of Object.entries(answers)) frame.addEventListener(name, answer);
    document.addEventListener("pointerdown", (event) => {
      now.touched = !mouse(event);
      if (!card.hidden && !frame.contains(event.target)) shown.hide();
    }, true);
    document.addEventListener("keydown", (event) => {
      now.touched = false;
      if (event.key !== "Escape" || card.hidden || given.escapes(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      shown.hide();
    }, true);
    return shown;
  };

  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "still") detail.give({ load, watch });
  });
})();
