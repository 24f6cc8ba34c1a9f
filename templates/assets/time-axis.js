/* The axis of time: days and years of any calendar year, where a day lies on a line that may be cut, and the ticks of the
   part that is in view with their words. */
(() => {
  "use strict";

  // What the label of a month and that of a day take on the axis, in pixels, and how near two may stand.
  const [MONTH_LABEL, DAY_LABEL, CROWDED] = [56, 84, 0.8];
  // How wide a letter of a label is, about, and what is beside the axis in the smallest window; pixels.
  const [LETTER, MARGIN] = [6, 14];
  // Steps between ticks: days, then months. The months are those of `scale.py`.
  const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000, 120000];
  for (let years = 1e4; years < 1e16; years *= 10) MONTHS.push(...[2, 5, 10].map((times) => 12 * times * years));
  const STEPS = [...[1, 2, 7, 14].map((days) => ({ days })), ...MONTHS.map((months) => ({ months }))];
  const MONTH = 30.44;

  /** Returns the days from 1970-01-01 to the first of a month (from 1), as `calendar.py` counts them. */
  const monthStart = (year, month) => {
    const counted = year - (month <= 2 ? 1 : 0);
    const era = Math.floor(counted / 400);
    const ofEra = counted - era * 400;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5);
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
  };
  const yearOf = (day) => {
    const near = 1970 + Math.floor((day * 400) / 146097);
    return [near + 1, near, near - 1].find((year) => monthStart(year, 1) <= day);
  };

  /** Returns the month of a day, counted from January of year 0, and the first day of such a month. */
  const monthOf = (day) => {
    const era = Math.floor((day + 719468) / 146097);
    const ofEra = day + 719468 - era * 146097;
    const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
    const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    return (year + era * 400) * 12 + Math.floor((5 * ofYear + 2) / 153) + 2;
  };
  const monthDay = (month) => monthStart(Math.floor(month / 12), month - Math.floor(month / 12) * 12 + 1);

  // Before which year the era is said, and from which number on thousands are parted: as `date_display.py` has it.
  const [ERA_NEEDED_BEFORE, GROUPED_FROM] = [100, 10000];

  const format = (options) => {
    const made = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", calendar: "gregory", ...options });
    return (day) => made.format(new Date(day * 86400000));
  };
  const WORDS = {
    day: format({ day: "numeric", month: "short" }),
    fullDay: format({ day: "numeric", month: "short", year: "numeric" }),
    month: format({ month: "short" }),
    fullMonth: format({ month: "short", year: "numeric" }),
  };
  // A year is said as the build says it, whose words go further than a browser's.
  const { yearPlain, yearAfter, yearBefore, yearGroup } = document.querySelector("[data-year-plain]").dataset;
  const yearWords = (year) => {
    const pattern = year < 1 ? yearBefore : year < ERA_NEEDED_BEFORE ? yearAfter : yearPlain;
    const number = String(year < 1 ? 1 - year : year);
    const grouped = number < GROUPED_FROM ? number : number.replace(/\B(?=(\d{3})+$)/g, () => yearGroup);
    return pattern.replace("{y}", () => grouped);
  };
  const dayWords = (day) => {
    const year = yearOf(day);
    return year > 0 && year < 10000 ? WORDS.fullDay(day) : yearWords(year);
  };

  const monthWords = (day) => {
    const year = yearOf(day);
    return year > 0 && year < 10000 ? WORDS.fullMonth(day) : yearWords(year);
  };
  const yearWordsOf = (day) => yearWords(yearOf(day));

  // The line: its unbroken stretches, each as first day, last day, and the shares of the line where these lie.

  const place = (scale, day) => {
    const at = Math.max(0, scale.findLastIndex(([start]) => start <= day));
    const [start, end, left, right] = scale[at];
    const next = scale[at + 1];
    if (day > end) return next ? right + ((next[2] - right) * (day - end)) / (next[0] - end) : 1;
    return Math.max(0, left + ((day - start) / Math.max(1, end - start)) * (right - left));
  };

  const dayAt = (scale, share) => {
    const at = Math.max(0, scale.findLastIndex(([, , left]) => left <= share));
    const [start, end, left, right] = scale[at];
    return start + Math.min(1, Math.max(0, (share - left) / (right - left))) * (end - start);
  };

  /** Yields the ticks of one step within a stretch, as day, year, and month or day where the step is finer. */
  function* steps({ months, days }, [start, end]) {
    if (days) {
      // Weeks begin on a Monday; 1970-01-05 was one.
      for (let day = Math.ceil((start - 4) / days) * days + 4; day <= end; day += days) yield { day, fine: "day" };
      return;
    }
    let month = Math.floor((yearOf(start) * 12) / months) * months;
    for (;;) {
      const year = Math.floor(month / 12);
      const day = monthStart(year, month - year * 12 + 1);
      if (day > end) return;
      if (day >= start) yield { day, fine: months < 12 && month % 12 ? "month" : "year" };
      month += months;
    }
  }

  /** Returns the ticks of the part of the line that is in view, as places and words; `width` in pixels. */
  const ticksIn = (scale, view, width) => {
    const found = [];
    let free = -Infinity;
    for (const [start, end, left, right] of scale) {
      const [a, b] = [Math.max(left, view[0]), Math.min(right, view[1])];
      if (a >= b) continue;
      const part = [start + ((a - left) / (right - left)) * (end - start), start + ((b - left) / (right - left)) * (end - start)];
      const pixels = ((b - a) / (view[1] - view[0])) * width;
      const fits = ({ days, months }) =>
        (part[1] - part[0]) / (days || months * MONTH) <= Math.max(1, pixels / (days ? DAY_LABEL : MONTH_LABEL));
      let step = STEPS.findIndex(fits);
      if (step < 0) step = STEPS.length - 1;
      let ticks = [...steps(STEPS[step], part)];
      while (!ticks.length && step > 0) ticks = [...steps(STEPS[(step -= 1)], part)];
      const apart = (CROWDED * (STEPS[step].days ? DAY_LABEL : MONTH_LABEL) * (view[1] - view[0])) / width;
      for (const tick of ticks) {
        const at = place(scale, tick.day);
        if (at < free) continue;
        found.push({ ...tick, at });
        free = at + apart;
      }
    }
    const pixels = width / (view[1] - view[0]);
    return labelled(found, (at) => Math.min(at - view[0], view[1] - at) * pixels);
  };

  const wordsOf = (day, year, fine, full) => {
    if (fine === "year" || year < 1 || year > 9999) return yearWords(year);
    return WORDS[full ? `full${fine === "day" ? "Day" : "Month"}` : fine](day);
  };

  /**
   * Returns ticks with their words; the year is said where that of the tick before is another. Words that would reach
   * past the margin of a small window are left out: `room` tells how many pixels an end of the axis is away.
   */
  const labelled = (ticks, room) => {
    let before = null;
    return ticks.map(({ at, day, fine }) => {
      const year = yearOf(day);
      const text = wordsOf(day, year, fine, year !== before);
      if (ticks.length > 1 && (text.length * LETTER) / 2 > room(at) + MARGIN) return [at, ""];
      before = year;
      return [at, text];
    });
  };

  document.addEventListener("dateline:use", ({ detail }) => {
    if (detail.name === "axis") detail.give({ place, dayAt, dayWords, monthDay, monthOf, monthWords, ticksIn, yearWordsOf });
  });
})();
