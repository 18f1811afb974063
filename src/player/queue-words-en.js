/**
 * The words around the audience's questions, in the presenter view and on the decks, in English.
 */

/** The language as a BCP 47 tag. */
export const language = "en";

export const queueWords = {
  asked: "Questions",
  fromRoom: "From the room",
  waiting: "Waiting",
  later: "Later",
  done: "Answered",
  hidden: "Hidden",
  muddy: "Unclear",
  nothing: "Nobody has asked yet. Show the code, so that people find the page.",
  nothingHere: "None here",
  show: "To the screen",
  unshow: "Off the screen",
  answer: "Answered",
  putOff: "Later",
  hide: "Hide",
  reopen: "Back to waiting",
  goTo: "Slide",
  backup: "Prepared",
  code: "Show the code",
  codeOff: "Hide the code",
  openRound: "Start the closing round",
  closeRound: "End the closing round",
  results: "{n} answered",
  wanted: "{n} want to know",
  minutes: "{n} min",
  now: "now",
  close: "Close",
  lost: "Not saved. Try again.",
  disk: "Not saved: the disk is full.",
  scan: "Ask here",
  askLink: "Ask",
};
