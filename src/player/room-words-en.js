/**
 * The words of a page that a room serves, in English.
 */

/** Where a server keeps a room together. */
export const roomWords = {
  remote: "Remote",
  follow: "Follow the speaker",
  connected: "Connected",
  lost: "Reconnecting …",
  refused: "Scan the code in the terminal again",
  viewers: "viewers",
  recorded: "Recording",
  point: "Drag on the slide to point",
  awake: "This phone may go dark: let its screen stay on longer",
};
