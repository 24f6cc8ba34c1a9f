/* What the reader does with the drawing that is explored: gestures, the wheel, keys and buttons. */
(() => {
  "use strict";

  // What one step of zooming leaves of the view.
  const STEP = 0.6;
  // How long a reader who selects by the keyboard listens before the number of what is chosen is said; milliseconds.
  const REST = 1200;
  // How near to a mark a pointer finds it, in pixels: of a mouse, of a finger. How far one moves that still clicks.
  const [NEAR, THUMB, STILL] = [5, 18, 6];

  const chart = document.querySelector("[data-chart]");
  const tools = chart.querySelector("[data-tools]");
  const host = chart.querySelector("[data-explored]");
  const send = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  const use = (name) => {
    let part;
    document.dispatchEvent(new CustomEvent("dateline:use", { detail: { name, give: (given) => { part = given; } } }));
    return part;
  };
  let [drawing, explored, levels, picture, shown] = [];

  // The pointer.

  const pointers = new Map();
  let gesture = null;
  let hovered = null;

  const at = (event) => {
    const outer = host.getBoundingClientRect();
    return { x: event.clientX - outer.left, y: event.clientY - outer.top };
  };

  /** Returns the item nearest to a point, where one is within reach. */
  const hit = ({ x, y }, reach) => {
    let best = null;
    let nearest = reach;
    for (const item of shown.items) {
      const { left, right, top, bottom } = shown.box(item);
      const away = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
      if (away < nearest || (away === 0 && best && item.entries[0].start > best.entries[0].start)) {
        [best, nearest] = [item, away];
      }
    }
    return best;
  };

  const hover = (event) => {
    const item = hit(at(event), NEAR);
    if (item === hovered) return;
    hovered = item;
    host.toggleAttribute("data-over", Boolean(item));
    if (item) explored.tellItem(item);
    else send("dateline:card", null);
  };

  const down = (event) => {
    if (event.button !== 0) return;
    endSpan();
    pointers.set(event.pointerId, at(event));
    host.setPointerCapture(event.pointerId);
    if (pointers.size === 2) gesture = { ...gesture, kind: "pinch", ...pinch(), view: [...shown.view] };
    else if (pointers.size === 1) gesture = { kind: "press", from: at(event), view: [...shown.view] };
  };

  const pinch = () => {
    const [one, two] = [...pointers.values()];
    return { apart: Math.max(20, Math.abs(one.x - two.x)), middle: (one.x + two.x) / 2 };
  };

  const move = (event) => {
    if (!pointers.has(event.pointerId)) {
      if (event.pointerType === "mouse") hover(event);
      return;
    }
    pointers.set(event.pointerId, at(event));
    const here = at(event);
    if (gesture.kind === "press" && Math.hypot(here.x - gesture.from.x, here.y - gesture.from.y) > STILL) {
      gesture.kind = shown.selecting ? "select" : "pan";
      send("dateline:card", null);
    }
    const wide = gesture.view[1] - gesture.view[0];
    if (gesture.kind === "pan") {
      const far = ((gesture.from.x - here.x) / shown.width) * wide;
      explored.look(gesture.view[0] + far, gesture.view[1] + far, true);
    } else if (gesture.kind === "select") {
      const shares = [gesture.from.x, here.x].map(shown.shareAt);
      explored.markSpan(Math.min(...shares), Math.max(...shares));
    } else if (gesture.kind === "pinch" && pointers.size === 2) {
      const { apart, middle } = pinch();
      const centre = gesture.view[0] + (gesture.middle / shown.width) * wide;
      const now = Math.min(1, Math.max((wide * gesture.apart) / apart, shown.least(centre)));
      explored.look(centre - (middle / shown.width) * now, centre + (1 - middle / shown.width) * now);
    }
  };

  const up = (event) => {
    if (!pointers.delete(event.pointerId) || pointers.size) return;
    const { kind, from } = gesture;
    gesture = null;
    if (event.type === "pointercancel") explored.mark();
    else if (kind === "select") explored.chooseShares(shown.shareAt(from.x), shown.shareAt(at(event).x));
    else if (kind === "press") press(event);
    if (kind === "pan") explored.later(false);
    if (kind === "pan" || kind === "pinch") explored.sayView();
  };

  const press = (event) => {
    const touch = event.pointerType !== "mouse";
    const item = hit(at(event), touch ? THUMB : NEAR);
    if (!item) {
      send("dateline:card", null);
      return;
    }
    shown.current = item.entries[0];
    explored.mark();
    if (isMany(item)) explored.open(item);
    else if (touch) explored.tellItem(item, { go: shown.current.id, href: shown.current.href });
    else leadTo(shown.current);
  };

  const isMany = (item) => item.entries.length > 1 || item.kind === "bin";

  const leadTo = ({ id, href }) => send("dateline:go", href ? { id, href } : { id });

  const wheel = (event) => {
    const ours = event.ctrlKey || event.metaKey || host === document.activeElement;
    if (!ours) return;
    event.preventDefault();
    send("dateline:card", null);
    hovered = null;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const far = (event.deltaX / shown.width) * shown.reach();
      explored.look(shown.view[0] + far, shown.view[1] + far);
    } else {
      const lines = event.deltaMode === 1 ? 16 : 1;
      const turned = Math.max(-100, Math.min(100, event.deltaY * lines));
      explored.zoom(2 ** (turned / (event.ctrlKey && Math.abs(turned) < 20 ? 40 : 200)), shown.shareAt(at(event).x));
    }
  };

  // The keyboard.

  const lanesOf = (which = shown.chosen) => {
    const lanes = new Map();
    for (const item of shown.items.filter(which)) {
      if (!lanes.has(item.lane)) lanes.set(item.lane, []);
      lanes.get(item.lane).push(item);
    }
    for (const lane of lanes.values()) lane.sort((one, two) => one.entries[0].start - two.entries[0].start || one.row - two.row);
    return lanes;
  };

  const moveTo = (item) => {
    if (!item) return;
    shown.current = item.entries[0];
    const [from, to] = [item.entries[0].start, item.kind === "count" ? item.right : item.entries[0].start];
    if (from < shown.view[0] || to > shown.view[1]) bring(from);
    explored.sayItem(item);
    explored.after(() => {
      const now = shown.itemOf(shown.current);
      explored.mark();
      if (now) explored.tellItem(now);
      explored.reveal();
    });
  };

  const bring = (place) => explored.look(place - shown.reach() / 2, place + shown.reach() / 2);

  /** Moves to an entry of a large timeline that is not in view: what it is drawn in is told when that is there. */
  const moveBeyond = (entry) => {
    if (!entry) return;
    shown.current = entry;
    bring(entry.start);
    explored.after(() => {
      const item = shown.itemOf(shown.current);
      explored.mark();
      if (!item) return;
      explored.tellItem(item);
      explored.sayItem(item);
      explored.reveal();
    });
  };

  /** Moves within a lane; where a large timeline has no more of it in view, on to what comes next. */
  const along = async (by) => {
    const [now, to] = [shown.itemOf(shown.current), beside(by)];
    if (shown.big && !to) return moveBeyond(levels.nearest((shown.view[0] + shown.view[1]) / 2));
    if (!shown.big || !now || to !== now) return moveTo(to);
    const next = await levels.next(by > 0 ? now.entries.at(-1) : now.entries[0], by).catch(() => null);
    return moveBeyond(next);
  };

  const toEnd = (at) => {
    if (!shown.big) return moveTo(end(at));
    const { lane } = shown.current || start()?.entries[0] || levels.nearest(shown.view[0]);
    return moveBeyond(levels.edge(lane, at));
  };

  const start = (which = shown.chosen) => {
    const all = shown.items.filter(which).sort((one, two) => one.entries[0].start - two.entries[0].start);
    return all.find((item) => item.entries[0].start >= shown.view[0]) || all[0];
  };

  const beside = (by, which = shown.chosen) => {
    const item = shown.itemOf(shown.current);
    if (!item) return start(which);
    const lane = lanesOf(which).get(item.lane) || [];
    const now = lane.indexOf(item);
    return now < 0 ? start(which) : lane[Math.min(lane.length - 1, Math.max(0, now + by))];
  };

  const across = (by) => {
    const item = shown.itemOf(shown.current);
    if (!item) return start();
    const lanes = lanesOf();
    let lane = item.lane + by;
    while (lane >= 0 && lane < shown.data.lanes.length && !lanes.has(lane)) lane += by;
    const away = (one) => Math.abs(one.entries[0].start - item.entries[0].start);
    return (lanes.get(lane) || [item]).reduce((best, one) => (away(one) < away(best) ? one : best));
  };

  const end = (which) => {
    const item = shown.itemOf(shown.current) || start();
    return item && (lanesOf().get(item.lane) || [item]).at(which);
  };

  let anchor = null; // the entry where a span that is selected by the keyboard begins
  let asking = 0;

  /** Asks for the span that is shown: what answers says how many are left, so it waits until the reader rests. */
  const ask = () => {
    if (!asking) return;
    clearTimeout(asking);
    asking = 0;
    const { from, to } = shown.selection;
    send("dateline:choose", { from, to });
  };

  const endSpan = () => {
    ask();
    anchor = null;
  };

  const extend = (by) => {
    anchor ??= shown.current || start(shown.reachable)?.entries[0];
    const item = beside(by, shown.reachable);
    if (!anchor || !item) return;
    moveTo(item);
    const ends = [anchor, ...item.entries].flatMap(({ first, last }) => [first ?? last, last ?? first]);
    explored.sayItem(item, explored.setSpan(Math.min(...ends), Math.max(...ends)));
    clearTimeout(asking);
    asking = setTimeout(ask, REST);
  };

  const enter = () => {
    const item = shown.itemOf(shown.current);
    if (!item) moveTo(start());
    else if (isMany(item)) explored.open(item);
    else leadTo(shown.current);
  };

  const KEYS = {
    ArrowRight: (event) => (event.shiftKey ? extend(1) : along(1)),
    ArrowLeft: (event) => (event.shiftKey ? extend(-1) : along(-1)),
    ArrowDown: () => moveTo(across(1)),
    ArrowUp: () => moveTo(across(-1)),
    Home: () => toEnd(0),
    End: () => toEnd(-1),
    Enter: enter,
    "+": () => step(STEP),
    "=": () => step(STEP),
    "-": () => step(1 / STEP),
    0: () => { explored.look(0, 1); explored.sayView(); },
    Escape: () => explored.stop(true),
  };

  const keydown = (event) => {
    const act = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.shiftKey || !event.key.startsWith("Arrow")) endSpan();
    act(event);
  };

  const step = (factor) => {
    const inside = shown.current && shown.current.start >= shown.view[0] && shown.current.start <= shown.view[1];
    send("dateline:card", null);
    explored.zoom(factor, inside ? shown.current.start : undefined);
    explored.sayView();
  };

  // The buttons.

  const save = async (ending) => {
    const title = document.title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim().slice(0, 80).trim();
    const name = `${title || "timeline"}.${ending}`;
    await picture.save(drawing.forPicture(explored.palette()), name);
    document.querySelector("[data-status]").textContent = tools.dataset.saved.replace("{name}", () => name);
  };

  const DO = {
    in: () => step(STEP),
    out: () => step(1 / STEP),
    select: () => explored.setSelecting(!shown.selecting),
    view: () => explored.choose(...shown.days()),
    reset: () => explored.reset(),
    png: () => save("png"),
    svg: () => save("svg"),
    still: () => explored.stop(true),
  };

  const toggle = (key) => {
    const lanes = new Set(shown.selection.categories);
    if (!lanes.delete(key)) lanes.add(key);
    send("dateline:choose", { categories: [...lanes] });
  };

  const click = (event) => {
    const button = event.target.closest("button");
    if (!button || !shown?.on) return;
    if ("category" in button.dataset) toggle(button.dataset.category);
    else if (Object.hasOwn(DO, button.dataset.do)) DO[button.dataset.do]();
  };

  document.addEventListener("dateline:overview", () => {
    [drawing, explored, levels, picture, shown] = ["figure", "explored", "levels", "picture", "view"].map(use);
  });
  document.addEventListener("dateline:explored", () => {
    hovered = null;
  });
  chart.addEventListener("click", click);
  host.addEventListener("pointerdown", down);
  host.addEventListener("pointermove", move);
  host.addEventListener("pointerup", up);
  host.addEventListener("pointercancel", up);
  host.addEventListener("pointerleave", () => {
    if (hovered) send("dateline:card", null);
    hovered = null;
  });
  host.addEventListener("wheel", wheel, { passive: false });
  host.addEventListener("keydown", keydown);
  host.addEventListener("blur", endSpan);
})();
