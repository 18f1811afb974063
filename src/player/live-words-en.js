/**
 * The words of a page of the live preview, in English.
 */

/** What is said of the source and of the server. */
export const liveWords = {
  reconnecting: "Reconnecting …",
  problems: "Problems",
  error: "Error",
  warning: "Warning",
  info: "Note",
  hint: "Hint",
  on: "on",
  off: "off",
  oneError: "# error",
  errors: "# errors",
  oneWarning: "# warning",
  warnings: "# warnings",
};
