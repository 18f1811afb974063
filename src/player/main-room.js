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

start({ connectRoom, startRemote, followSpeaker, showRoomState, hearAsked, showAsked, showQueue });
