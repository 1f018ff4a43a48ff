// @ts-check
// Days as the page's language writes them.

/** Return a day as readers write it. @param {string} day YYYY-MM-DD */
export function formatDay(day) {
  const { lang } = document.documentElement;
  return new Intl.DateTimeFormat(lang, {
    dateStyle: "medium",
    timeZone: "UTC",
  }).format(new Date(day));
}
