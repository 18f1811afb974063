/**
 * The player of a page of a room.
 */

import { start } from "./start.js";
import { connectRoom } from "./room.js";
import { startRemote } from "./remote.js";
import { followSpeaker } from "./follow.js";
import { showRoomState } from "./room-state.js";
import { hearAsked } from "./asked.js";
import { showAsked } from "./asked-screen.js";
import { showQueue } from "./queue.js";

/** @type {import("./asked.js").Asked} */
let asked;

start({
  connectRoom(link, path, talk) {
    // Before the first word comes.
    asked = hearAsked(link);
    return connectRoom(link, path, talk);
  },
  startRemote,
  showDeck(parts, room) {
    if (parts.link.role === "viewer") followSpeaker(parts, room);
    showAsked(parts, asked);
  },
  showDesk(desk, room) {
    showRoomState(room);
    showQueue(desk, asked);
  },
});
